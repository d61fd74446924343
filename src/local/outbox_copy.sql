-- Of a visit, the part that was set aside, if there is one.
select number, id, sha256, body, words, set_aside
from event
where number between ?1 and coalesce((select last_number from draft where draft.number = ?1), ?1)
order by set_aside is null, number
limit 1
