-- Of whom something is known that visits rest on: until when their yes to visits by peers holds or held, and
-- whether they were added on the spot, or are an office's entry that was merged with another. All others, who
-- are most, are left out.
select
    id,
    iif(peer_visits = 1, 9223372036854775807, peer_visits_ended_utc_ms) as yes_until,
    added_by is not null as added,
    added_by is null
    and (
        id in (select person from alias where source = 'merged')
        or id in (select unhex(external_id, '-') from alias where source = 'merged')
    ) as merged_of_office
from person
where yes_until is not null or added or merged_of_office
