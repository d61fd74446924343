select
    invitation_mail.id, invitation_mail.person, invitation_mail.tries,
    invitation_mail.made_at_utc_ms, person.mail, person.language,
    person.left_at_utc_ms is not null as has_left
from invitation_mail
join person on person.id = invitation_mail.person
where invitation_mail.sent_at_utc_ms is null
    and invitation_mail.given_up is null
    and invitation_mail.due_at_utc_ms <= ?1
order by invitation_mail.due_at_utc_ms, invitation_mail.id
limit 1
