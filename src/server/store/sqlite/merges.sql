-- Merges by whoever was an admin when the server received them, into somebody who had not left then.
select event.body
from heard as event
where event.kind = 'person_merged'
    and not exists (select 1 from merge_refused where merge_refused.server_number = event.server_number)
    and exists (
        select 1
        from post
        where post.role = 'admin'
            and post.from_utc_ms <= event.received_at_utc_ms
            and ifnull(post.until_utc_ms, 9223372036854775807) > event.received_at_utc_ms
            and (
                post.person = event.author
                or post.person in (
                    select alias.person
                    from alias
                    where alias.source in ('device', 'merged') and alias.external_id = lower(
                        substr(hex(event.author), 1, 8) || '-' || substr(hex(event.author), 9, 4)
                        || '-' || substr(hex(event.author), 13, 4)
                        || '-' || substr(hex(event.author), 17, 4)
                        || '-' || substr(hex(event.author), 21, 12)
                    )
                )
            )
    )
order by event.server_number
