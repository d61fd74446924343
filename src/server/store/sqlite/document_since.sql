select number, kind, id, body
from document
where audience = ?1 and number > ?2
order by number
limit ?3
