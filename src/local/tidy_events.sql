-- Drafts went before: what is of a visit that stays, stays with it.
delete from event
where received_at_utc_ms < ?1
    and number > coalesce(
        (
            select draft.last_number
            from draft
            where draft.number <= event.number
            order by draft.number desc
            limit 1
        ),
        0
    )
