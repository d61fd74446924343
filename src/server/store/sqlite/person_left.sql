update person
set left_at_utc_ms = :now_utc_ms
where id = :person and left_at_utc_ms is null
