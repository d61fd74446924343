-- What could not be projected may go now: this may be another version.
insert into to_refresh (about)
select about from parked where about <> 'events' and about not like 'person:%'
on conflict do nothing;
-- What events do beside documents is done event by event.
insert into to_project (server_number)
select event.server_number
from parked
join event using (about)
where parked.about = 'events' or parked.about like 'person:%'
on conflict do nothing;
delete from parked;
