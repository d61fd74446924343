select event.id, event.author, erasure_awaited.author as said_by
from event
join words using (server_number)
join erasure_awaited on erasure_awaited.id = event.id
where event.about is ?1
