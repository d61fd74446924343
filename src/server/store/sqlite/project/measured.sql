select ifnull(max(as_of), 0) as as_of, ifnull(max(form_version), 0) as version, count(*) as visits
from counted_visit
where form = ?1 and hex(teacher) in (select value from json_each(?2))
