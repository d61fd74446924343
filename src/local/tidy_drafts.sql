-- A visit goes when the server has had all of it for long enough, also what was sealed with it.
delete from draft
where number in (
    select draft.number
    from draft
    where draft.number is not null
        and not exists (
            select 1
            from event as part
            where part.number between draft.number and draft.last_number
                and (part.received_at_utc_ms is null or part.received_at_utc_ms >= ?1)
        )
)
