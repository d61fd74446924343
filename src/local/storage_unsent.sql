select number, id, sha256, body, words, set_aside
from event
where server_number is null
order by number
