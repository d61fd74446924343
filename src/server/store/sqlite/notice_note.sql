-- Feedback in its teacher's own feed, of which the teacher was not told. The audience is 'person:<id>'.
insert into mail (feedback, person, made_at_utc_ms, due_at_utc_ms)
select event.id, person.id, :now_utc_ms, :now_utc_ms
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
on conflict (feedback) do nothing
