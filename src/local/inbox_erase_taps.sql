delete from tap
where draft in (
    select draft.id
    from draft
    join event on event.number between draft.number and draft.last_number
    where event.id = ?1
)
