select counted_rating.look_for, counted_rating.rating, count(*) as visits
from counted_visit
join counted_rating using (walkthrough)
where counted_visit.form = ?1
group by counted_rating.look_for, counted_rating.rating
