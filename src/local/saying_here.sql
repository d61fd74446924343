-- What waits, what was set aside, and what the feed has not brought back.
select number, body, words, received_at_utc_ms, set_aside
from event
where server_number is null and set_aside is null and kind <> 'walkthrough_submitted'
union all
select number, body, words, received_at_utc_ms, set_aside
from event
where set_aside is not null
union all
select number, body, words, received_at_utc_ms, set_aside
from unheard
join event using (number)
order by number
