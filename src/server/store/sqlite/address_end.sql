-- A card is opened again and again; an invitation that was used signs nobody in any more.
update secret
set revoked_at_utc_ms = ?2
where person = ?1
    and (kind = 'card' or kind = 'invitation' and used_at_utc_ms is null)
    and revoked_at_utc_ms is null
    and expires_utc_ms > ?2
