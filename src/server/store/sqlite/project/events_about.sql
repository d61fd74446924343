select
    event.server_number, event.id, event.author, event.at_utc_ms, event.offset_min,
    event.received_at_utc_ms, event.body, words.words,
    event.words_sha256 is not null and erased.id is not null as erased
from heard as event
left join words using (server_number)
left join erased on erased.id = event.id
where event.about = ?1
order by event.server_number
