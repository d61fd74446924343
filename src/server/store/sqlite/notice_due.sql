select id, feedback, person, made_at_utc_ms, tries
from mail
where due_at_utc_ms <= :now_utc_ms and sent_at_utc_ms is null and given_up is null
order by due_at_utc_ms, id
limit 1
