-- The yes to visits by peers of welcomes that were said under an id. The condition on visits is that of the index.
delete from welcome
where id in (
    select id from event where author = ?1 and kind <> 'walkthrough_submitted' and kind = 'visit_welcomed'
)
