-- Feedback for teachers who are known, with who sent it and who opened it, as far as both are said.
with visit as (
    select form, teacher, observer, 'walkthrough:' || lower(
        substr(hex(walkthrough), 1, 8) || '-' || substr(hex(walkthrough), 9, 4) || '-'
        || substr(hex(walkthrough), 13, 4) || '-' || substr(hex(walkthrough), 17, 4) || '-'
        || substr(hex(walkthrough), 21, 12)
    ) as about
    from counted_visit
    where teacher is not null
)
select
    visit.about, visit.form, visit.teacher, visit.observer,
    sent.author as sent_by, min(sent.received_at_utc_ms) as sent_utc_ms,
    opened.author as opened_by, min(opened.received_at_utc_ms) as opened_utc_ms
from visit
join heard as sent on sent.about = visit.about and sent.kind = 'feedback_sent'
-- As in the view heard, which a left join would make whole.
left join event as opened
    on opened.about = visit.about
    and opened.kind = 'feedback_opened'
    and not exists (
        select 1
        from not_theirs
        where not_theirs.author = opened.author
            and not_theirs.until_utc_ms > opened.received_at_utc_ms
    )
group by visit.about, sent.author, opened.author
order by visit.about
