-- The people of a team are ids in hexadecimal digits.
select counted_rating.look_for, counted_rating.rating, count(*) as visits
from counted_visit
join counted_rating using (walkthrough)
where counted_visit.form = ?1 and hex(counted_visit.teacher) in (select value from json_each(?2))
group by counted_rating.look_for, counted_rating.rating
