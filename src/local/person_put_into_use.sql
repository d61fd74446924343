insert into neighbour (person, name, current)
values (?1, ?2, 1)
on conflict (person) do update set name = excluded.name, current = 1
