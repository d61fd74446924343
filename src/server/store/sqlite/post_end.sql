update post
set until_utc_ms = max(from_utc_ms, :now_utc_ms)
where person = :person and role = :role and place = :place and until_utc_ms is null
