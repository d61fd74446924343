select
    category,
    count(*) as wanted,
    sum(given) as given,
    count(distinct teacher) as teachers,
    max(as_of) as as_of
from counted_support
where (:site is null or site = :site) and (:form is null or form = :form)
group by category
order by category
