insert into calendar_day (site, day, day_type)
values (?1, ?2, ?3)
on conflict (site, day) do update set day_type = excluded.day_type
