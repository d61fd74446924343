insert into document (audience, kind, id, number, about, body)
values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (audience, kind, id) do update
set number = excluded.number, about = excluded.about, body = excluded.body
