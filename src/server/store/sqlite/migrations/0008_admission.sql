-- Who reads measures that rest on few, until when a yes to peers holds, and when a copy is late are decided otherwise
-- from here on: all visits are made again, and so are people and the figures of all ideas.
insert into to_refresh (about)
select about from event where kind = 'walkthrough_submitted' and about is not null
union
select 'people'
on conflict do nothing;
insert into to_count (about)
select distinct 'measures:' || form from counted_visit where true
on conflict do nothing;
