insert into to_refresh (about)
select about
from document
where audience = ?1 and about like 'walkthrough:%'
union
select about
from event
where author = ?2 and kind <> 'walkthrough_submitted' and about <> 'events'
union
select about
from refused_visit
where teacher = ?2
on conflict do nothing
