-- Changes no row where nothing differs.
insert into welcome (id, teacher, site, class, day, until_utc_ms)
values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (id) do update
set teacher = excluded.teacher, until_utc_ms = excluded.until_utc_ms
where teacher <> excluded.teacher or until_utc_ms is not excluded.until_utc_ms
