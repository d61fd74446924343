select id
from draft
where number is null
    and put_away_at_utc_ms is null
    and id is not (select in_hand from self)
    and exists (select 1 from tap where tap.draft = draft.id)
order by visit desc
