select distinct device.person
from device
join person on person.id = device.person
where device.ended_at_utc_ms is null and person.left_at_utc_ms is null
