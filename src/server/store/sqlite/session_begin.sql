insert into office_session (sha256, person, device, offset_min, made_at_utc_ms, expires_utc_ms)
select :sha256, door.person, door.device, door.offset_min, :now_utc_ms, :expires_utc_ms
from office_door as door
join device on device.id = door.device
    and device.ended_at_utc_ms is null
    and device.signed_in_at_utc_ms <= door.made_at_utc_ms
join person on person.id = door.person and person.left_at_utc_ms is null
where door.sha256 = :door_sha256 and door.expires_utc_ms > :now_utc_ms
