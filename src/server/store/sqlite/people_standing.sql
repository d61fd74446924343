-- Until when each person's yes to visits by peers holds or held, null when there was none; and whether an
-- office made the entry.
select
    id,
    iif(peer_visits = 1, 9223372036854775807, peer_visits_ended_utc_ms) as yes_until,
    added_by is null as of_office
from person
