update secret
set revoked_at_utc_ms = ?2
where person = ?1
    and kind in ('invitation', 'code')
    and made_at_utc_ms <= ?2
    and used_at_utc_ms is null
    and revoked_at_utc_ms is null
