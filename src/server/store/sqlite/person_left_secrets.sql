-- A card shows what was written to the person, and goes by its own rules.
update secret
set revoked_at_utc_ms = :now_utc_ms
where person = :person
    and kind <> 'card'
    and used_at_utc_ms is null
    and revoked_at_utc_ms is null
