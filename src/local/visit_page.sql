select
    event.number,
    draft.visit,
    draft.form,
    draft.form_version,
    event.at_utc_ms,
    event.offset_min,
    event.received_at_utc_ms,
    event.set_aside,
    event.id
from event
join draft on draft.number = event.number
where event.number < ?1
order by event.number desc
limit ?2
