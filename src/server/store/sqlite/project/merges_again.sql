-- The merges that name an entry which is new, as it stands in their bodies.
insert into to_project (server_number)
select server_number
from heard as event
where kind = 'person_merged' and instr(body, ?1) > 0
on conflict do nothing
