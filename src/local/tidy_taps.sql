delete from tap
where draft in (
    select draft.id
    from draft
    join event on event.number = draft.number
    where event.received_at_utc_ms < ?1
)
