update secret
set revoked_at_utc_ms = :now_utc_ms
where kind = :kind
    and (:person is null or person = :person)
    and used_at_utc_ms is null
    and revoked_at_utc_ms is null
