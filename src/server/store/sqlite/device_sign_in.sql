insert into device (id, person, token_sha256, label, signed_in_at_utc_ms, seen_at_utc_ms)
values (:id, :person, :token_sha256, :label, :now_utc_ms, :now_utc_ms)
on conflict (id) do update set
    -- The same person, perhaps under the entry that theirs was merged into.
    person = excluded.person,
    token_sha256 = excluded.token_sha256,
    label = excluded.label,
    signed_in_at_utc_ms = excluded.signed_in_at_utc_ms,
    seen_at_utc_ms = excluded.seen_at_utc_ms,
    ended_at_utc_ms = null
