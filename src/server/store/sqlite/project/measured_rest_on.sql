select distinct teacher, observer
from counted_visit
where form = ?1 and hex(teacher) in (select value from json_each(?2))
