select secret.person, person.name
from secret
join person on person.id = secret.person
where secret.sha256 = ?1
    and secret.kind in ('first_admin', 'invitation', 'code')
    and secret.used_at_utc_ms is null
    and secret.revoked_at_utc_ms is null
    and secret.expires_utc_ms > ?2
    and person.left_at_utc_ms is null
