-- Calls about teachers whom the office knows, those of the same people about one teacher together.
select
    counted_support.category, counted_support.site, counted_support.form, counted_support.teacher,
    counted_visit.observer, counted_support.said_by,
    count(*) as wanted, sum(counted_support.given) as given, max(counted_support.as_of) as as_of
from counted_support
join counted_visit using (walkthrough)
where counted_support.teacher is not null and counted_support.site is not null
group by 1, 2, 3, 4, 5, 6
