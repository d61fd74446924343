-- Words that came before a moment. The name of somebody who is still here is no record of a visit.
select event.id
from event
join words using (server_number)
where event.received_at_utc_ms < ?1
    and not exists (
        select 1 from person where person.named_by = event.id and person.left_at_utc_ms is null
    )
order by event.server_number
limit ?2
