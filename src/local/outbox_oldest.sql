select number, id, sha256, body, words
from event
where server_number is null and set_aside is null and number > ?2
order by number
limit ?1
