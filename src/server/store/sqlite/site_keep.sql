insert into site (id, name)
values (?1, ?2)
on conflict (id) do update set name = excluded.name
