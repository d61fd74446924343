-- The events' own texts, since the counts hold ids as bytes.
insert into to_refresh (about)
select event.about
from counted_visit
join event on event.id = counted_visit.walkthrough
where counted_visit.at_utc_ms >= ?1
union
select about
from refused_visit
where day_utc_ms >= ?1
on conflict do nothing
