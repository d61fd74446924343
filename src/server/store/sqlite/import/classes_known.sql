select
    imported_class.external_id, imported_class.class, imported_class.title as title_said,
    imported_class.there, class.site, class.school_year, class.title,
    class.ended_at_utc_ms is not null as ended,
    class.room, class.grades, class.subjects, class.periods
from imported_class
join class on class.id = imported_class.class
where imported_class.source = ?1
