select
    class.id,
    class.site,
    class.title,
    class.room,
    class.teacher,
    coalesce((select name from named where named.id = class.teacher limit 1), '') as called,
    (select max(begun_at_utc_ms) from draft where draft.class = class.id)
from class
where called || ' ' || class.title || ' ' || coalesce(class.room, '') || ' ' || called
    like ?1 escape '\'
group by class.id
union all
-- Teachers of whom no class is known.
select null, named.site, '', null, named.id, named.name, null
from named
where named.site is not null
    and named.name like ?1 escape '\'
    and not exists (select 1 from class where class.teacher = named.id)
group by named.id
order by 6, 3
limit ?2 offset ?3
