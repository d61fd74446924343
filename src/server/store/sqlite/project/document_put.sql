-- The first number stays: whoever had none of it then or later has nothing to forget.
insert into document (audience, kind, id, number, about, body, first)
values (?1, ?2, ?3, ?4, ?5, ?6, ?4)
on conflict (audience, kind, id) do update
set number = excluded.number, about = excluded.about, body = excluded.body
