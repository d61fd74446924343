update self
set
    last_number = max(
        last_number,
        (select coalesce(max(number), 0) from event where received_at_utc_ms < ?1)
    ),
    last_visit = max(
        last_visit,
        (
            select coalesce(max(draft.visit), 0)
            from draft
            join event on event.number = draft.number
            where event.received_at_utc_ms < ?1
        )
    )
where exists (select 1 from event where received_at_utc_ms < ?1)
