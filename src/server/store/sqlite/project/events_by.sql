select
    event.server_number, event.id, event.author, event.at_utc_ms, event.offset_min,
    event.received_at_utc_ms, event.body, words.words,
    event.words_sha256 is not null and erased.id is not null as erased
from heard as event
left join words using (server_number)
left join erased on erased.id = event.id
where event.about = :about
    and event.author = :author
    and (:all or exists (select 1 from to_project where server_number = event.server_number))
order by event.server_number
