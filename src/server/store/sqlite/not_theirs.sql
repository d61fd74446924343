insert into not_theirs (author, until_utc_ms)
values (?1, ?2)
on conflict (author) do update set until_utc_ms = max(until_utc_ms, excluded.until_utc_ms)
