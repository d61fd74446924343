select
    office_session.person, office_session.device, office_session.offset_min, person.name,
    ifnull(office_session.language, person.language) as language
from office_session
join device on device.id = office_session.device
    and device.ended_at_utc_ms is null
    -- A device that signed in again has nothing of before.
    and device.signed_in_at_utc_ms <= office_session.made_at_utc_ms
join person on person.id = office_session.person and person.left_at_utc_ms is null
where office_session.sha256 = ?1 and office_session.expires_utc_ms > ?2
