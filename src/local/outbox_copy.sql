select number, id, sha256, body, words, set_aside
from event
where number = ?1
