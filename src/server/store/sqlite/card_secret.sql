select person, feedback, expires_utc_ms
from secret
where sha256 = :sha256
    and kind = 'card'
    and expires_utc_ms > :now_utc_ms
    and revoked_at_utc_ms is null
