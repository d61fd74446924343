-- ?1 and ?3 are of the search, which has the same columns.
select
    class.id,
    class.site,
    class.title,
    class.room,
    class.teacher,
    (select name from named where named.id = class.teacher limit 1) as called,
    (select max(begun_at_utc_ms) from draft where draft.class = class.id) as visited
from class
where class.teacher <> (select author from self) and ?1 = ''
group by class.id
order by visited, called, class.title
limit ?2 offset ?3
