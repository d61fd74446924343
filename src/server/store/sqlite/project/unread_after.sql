-- The next event after a number that is kept unread.
select server_number, id, body
from event
where about is null and server_number > ?1
order by server_number
limit 1
