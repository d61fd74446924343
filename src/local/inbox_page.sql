-- Of one document for several audiences, the one that says most: for the person, then for the coaches of a site.
select
    id,
    body,
    min(case when audience like 'person:%' then 0 when audience like 'site:%/coach' then 1 else 2 end)
from inbox
where kind = ?1 and (?2 is null or id < ?2)
group by id
order by id desc
limit ?3
