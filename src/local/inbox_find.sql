select body
from inbox
where audience = ?1 and kind = ?2 and id = ?3
