select substr(place, 6) as key from post where role = 'pilot'
union
select form from counted_visit
order by 1
