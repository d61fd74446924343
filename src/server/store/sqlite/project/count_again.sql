insert into to_count (about)
select 'measures:' || form from counted_visit
union
select 'support:idea:' || form from counted_support
union
select about from document where about like 'support:%'
on conflict do nothing
