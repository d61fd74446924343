-- Whether an event is by whoever was an admin when the server received it. ?2 is its author as a text.
select 1
from heard as event
join post on post.role = 'admin'
    and post.from_utc_ms <= event.received_at_utc_ms
    and ifnull(post.until_utc_ms, 9223372036854775807) > event.received_at_utc_ms
where event.server_number = ?1
    and (
        post.person = event.author
        or post.person in (
            select person
            from alias
            where source in ('device', 'merged') and external_id = ?2
        )
    )
