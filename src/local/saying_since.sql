select number, body, words
from event
where server_number is null and set_aside is null and kind <> 'walkthrough_submitted'
union
select number, body, words
from event
where number >= ?1 and set_aside is null and kind <> 'walkthrough_submitted'
order by number
