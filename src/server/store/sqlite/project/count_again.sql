insert into to_count (about)
select 'measures:' || form from counted_visit
union
select 'support'
on conflict do nothing
