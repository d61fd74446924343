-- Whether an entry has a link that still works, and since when; and how its mail stands.
select
    (
        select max(secret.made_at_utc_ms)
        from secret
        where secret.person = person.id
            and secret.kind in ('invitation', 'first_admin')
            and secret.used_at_utc_ms is null
            and secret.revoked_at_utc_ms is null
            and secret.expires_utc_ms > :now_utc_ms
    ) as link_made_at_utc_ms,
    mail.made_at_utc_ms, mail.sent_at_utc_ms, mail.given_up
from person
left join invitation_mail as mail on mail.id = (
    select max(id) from invitation_mail where invitation_mail.person = person.id
)
where person.id = :person
