select number, kind, id, body
from document
where audience = ?1
    and number > ?2
    -- What was made and taken back after a cursor was never had by who shows it.
    and (body is not null or first <= ?2)
order by number
limit ?3
