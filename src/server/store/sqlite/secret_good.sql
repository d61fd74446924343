-- Who was given a secret that is good: for any device once, and again for the device that it signed in, as long
-- as that still is, for a little while: the answer may have been lost.
select secret.person, person.name
from secret
join person on person.id = secret.person
where secret.sha256 = :sha256
    -- A code is hashed with words before it, which could be shown as the secret of a link.
    and secret.kind <> 'card'
    and (secret.kind = 'code') = :is_code
    and (
        secret.used_at_utc_ms is null
        or (
            secret.used_at_utc_ms > :used_since_utc_ms
            and secret.used_by = :device
            and exists (
                select 1 from device where device.id = :device and device.ended_at_utc_ms is null
            )
        )
    )
    and secret.revoked_at_utc_ms is null
    and secret.expires_utc_ms > :now_utc_ms
    and person.left_at_utc_ms is null
