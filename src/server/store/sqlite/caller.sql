select device.id, device.person, device.seen_at_utc_ms
from device
join person on person.id = device.person
where device.token_sha256 = ?1 and device.ended_at_utc_ms is null and person.left_at_utc_ms is null
