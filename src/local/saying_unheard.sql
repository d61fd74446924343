-- What makes a document of its own, under the event's id, is heard when that is there.
insert or ignore into unheard (number, document)
select ?1, ?2
where not exists (
    select 1
    from inbox
    join event on event.number = ?1 and event.id = ?2
    where inbox.id = ?2
        and inbox.kind in ('feedback', 'bright_spot', 'support', 'survey_answers', 'lesson_log', 'welcome')
)
