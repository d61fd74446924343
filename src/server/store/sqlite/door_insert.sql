insert into office_door (sha256, person, device, offset_min, made_at_utc_ms, expires_utc_ms)
values (:sha256, :person, :device, :offset_min, :made_at_utc_ms, :expires_utc_ms)
