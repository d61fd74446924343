insert into to_project (server_number)
select server_number from event where kind = 'person_merged'
on conflict do nothing
