select
    event.number,
    draft.visit,
    draft.form,
    draft.form_version,
    event.at_utc_ms,
    event.offset_min,
    -- The visit is where the last of its events is.
    (
        select iif(count(*) = count(part.received_at_utc_ms), max(part.received_at_utc_ms), null)
        from event as part
        where part.number between draft.number and draft.last_number
    ),
    (
        select part.set_aside
        from event as part
        where part.number between draft.number and draft.last_number
            and part.set_aside is not null
        limit 1
    ),
    event.id,
    draft_form.json,
    (select name from named where named.id = draft.teacher limit 1),
    draft.code
from event
join draft on draft.number = event.number
left join draft_form on draft_form.id = draft.form_id
where event.number < ?1
order by event.number desc
limit ?2
