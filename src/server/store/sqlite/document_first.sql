select number, kind, id, body
from document
where audience = ?1 and number > ?2 and body is not null
order by number
limit ?3
