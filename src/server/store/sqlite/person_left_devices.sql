update device
set ended_at_utc_ms = :now_utc_ms
where person = :person and ended_at_utc_ms is null
