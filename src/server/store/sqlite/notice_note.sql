-- Feedback in its teacher's own feed, of which the teacher was not told. A visit makes one mail a day: what else is written
-- about it is told a day after the one before, and what would be told later than in a week is left to the app. The
-- audience is 'person:<id>'.
insert into mail (feedback, person, made_at_utc_ms, due_at_utc_ms)
select feedback, person, at_utc_ms, at_utc_ms
from (
    select
        event.id as feedback, person.id as person,
        ifnull(
            (
                select max(:now_utc_ms, max(mail.made_at_utc_ms) + 86400000)
                from mail
                join event as told on told.id = mail.feedback
                where told.about = event.about
                    and told.kind = 'feedback_sent'
                    and mail.person = person.id
            ),
            :now_utc_ms
        )
        + 86400000
        * (row_number() over (partition by event.about, person.id order by event.server_number) - 1)
            as at_utc_ms
    from document
    join event on event.id = unhex(document.id, '-')
    join person on person.id = unhex(substr(document.audience, 8), '-')
    where document.number > :after
        and document.kind = 'feedback'
        and document.audience = 'person:' || json_extract(document.body, '$.body.teacher')
        and json_extract(document.body, '$.body.opened') is null
        and event.received_at_utc_ms >= :since_utc_ms
        and person.mail is not null
        and person.left_at_utc_ms is null
        and not exists (select 1 from mail where mail.feedback = event.id)
)
where at_utc_ms <= :now_utc_ms + 7 * 86400000
on conflict (feedback) do nothing
