insert into secret (sha256, kind, person, made_at_utc_ms, expires_utc_ms)
values (:sha256, :kind, :person, :made_at_utc_ms, :expires_utc_ms)
