select body
from inbox
where kind = ?1 and id = ?2
order by audience not like 'person:%'
limit 1
