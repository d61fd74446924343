select id, body, min(audience not like 'person:%')
from inbox
where kind = ?1 and (?2 is null or id < ?2)
group by id
order by id desc
limit ?3
