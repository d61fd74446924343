select device.*, person.name
from device
join person on person.id = device.person
where device.id > ?1 and device.person = ?3
order by device.id
limit ?2
