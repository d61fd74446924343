-- Events that are there whose erasure by somebody did not count when it was heard.
select event.id, event.author
from erasure_awaited
join event on event.id = erasure_awaited.id
where erasure_awaited.author = ?1
