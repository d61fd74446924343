insert into bell (site, day_type, period, starts_min, ends_min)
values (?1, ?2, ?3, ?4, ?5)
on conflict (site, day_type, period) do update set
    starts_min = excluded.starts_min,
    ends_min = excluded.ends_min
