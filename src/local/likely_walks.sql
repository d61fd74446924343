-- The newest visit on a change idea to each class and teacher; the offset is that of the same visit.
select class, teacher, max(begun_at_utc_ms), begun_offset_min
from draft
where form = ?1 and number is not null and teacher is not null
group by class, teacher
