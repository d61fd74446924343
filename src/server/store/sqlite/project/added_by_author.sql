select server_number
from heard as event
where author = ?1 and kind <> 'walkthrough_submitted' and kind = 'person_added'
order by server_number
