insert into to_refresh (about)
select about
from document
where audience = ?1 and about like 'walkthrough:%'
union
select about
from event
where author = ?2 and kind <> 'walkthrough_submitted' and about <> 'events'
on conflict do nothing
