insert into cursor (audience, number)
values (?1, ?2)
on conflict (audience) do update set number = excluded.number
