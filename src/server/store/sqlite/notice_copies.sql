-- Visits whose copy is due and whose teacher was not told, by a mail that says no more than others do.
insert into mail (feedback, person, made_at_utc_ms, due_at_utc_ms)
select copy_due.walkthrough, person.id, :now_utc_ms, :now_utc_ms
from copy_due
join event on event.id = copy_due.walkthrough
join person on person.id = copy_due.teacher
where copy_due.due_utc_ms <= :now_utc_ms
    -- Due lately, or received lately and due before.
    and max(copy_due.due_utc_ms, event.received_at_utc_ms) >= :since_utc_ms
    and person.mail is not null
    and person.left_at_utc_ms is null
on conflict (feedback) do nothing
