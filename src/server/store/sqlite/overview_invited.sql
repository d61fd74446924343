-- Everybody who can sign in or is signed in.
select person from device where ended_at_utc_ms is null
union
select person
from secret
where kind = 'invitation'
    and used_at_utc_ms is null
    and revoked_at_utc_ms is null
    and expires_utc_ms > ?1
union
select person from invitation_mail where sent_at_utc_ms is null and given_up is null
