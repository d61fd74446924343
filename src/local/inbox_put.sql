insert into inbox (audience, kind, id, body)
values (?1, ?2, ?3, ?4)
on conflict (audience, kind, id) do update set body = excluded.body
