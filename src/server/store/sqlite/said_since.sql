-- How much an author has said of a kind since a moment. The condition on visits is that of the index.
select count(*)
from heard as event
where author = ?1 and kind <> 'walkthrough_submitted' and kind = ?2 and received_at_utc_ms > ?3
