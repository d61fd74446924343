delete from tap
where draft in (
    select draft.id
    from draft
    where draft.number is not null
        and not exists (
            select 1
            from event as part
            where part.number between draft.number and draft.last_number
                and (part.received_at_utc_ms is null or part.received_at_utc_ms >= ?1)
        )
)
