insert into secret (sha256, kind, person, feedback, made_at_utc_ms, expires_utc_ms)
values (:sha256, 'card', :person, :feedback, :now_utc_ms, :expires_utc_ms)
