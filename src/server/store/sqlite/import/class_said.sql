insert into imported_class (source, external_id, class, title, there)
values (?1, ?2, ?3, ?4, 1)
on conflict (source, external_id) do update set
    class = excluded.class,
    title = excluded.title,
    there = 1
