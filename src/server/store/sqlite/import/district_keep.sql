insert into district (only_row, name, time_zone, week_start, languages)
values (1, :name, :time_zone, :week_start, :languages)
on conflict (only_row) do update set
    name = ifnull(excluded.name, name),
    time_zone = ifnull(excluded.time_zone, time_zone),
    week_start = ifnull(excluded.week_start, week_start),
    languages = ifnull(excluded.languages, languages)
where (excluded.name is not null and name is not excluded.name)
    or (excluded.time_zone is not null and time_zone is not excluded.time_zone)
    or (excluded.week_start is not null and week_start is not excluded.week_start)
    or (excluded.languages is not null and languages is not excluded.languages)
