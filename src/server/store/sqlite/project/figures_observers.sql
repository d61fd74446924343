select distinct observer
from counted_visit
where form = ?1 and site is not null and teacher is not null and teacher <> observer
