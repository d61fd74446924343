-- Cards may have gone to the address of whoever added the person.
update secret
set revoked_at_utc_ms = :now_utc_ms
where person = :person and kind = 'card' and revoked_at_utc_ms is null
