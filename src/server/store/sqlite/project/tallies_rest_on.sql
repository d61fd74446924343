select distinct counted_rating.look_for, counted_visit.teacher, counted_visit.observer
from counted_visit
join counted_rating using (walkthrough)
where counted_visit.form = ?1 and hex(counted_visit.teacher) in (select value from json_each(?2))
