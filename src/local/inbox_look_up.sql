select body
from inbox
where kind = ?1 and id = ?2
order by case when audience like 'person:%' then 0 when audience like 'site:%/coach' then 1 else 2 end
limit 1
