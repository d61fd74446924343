select distinct person.id, person.name
from post
join person on person.id = post.person and person.left_at_utc_ms is null
where post.role = 'teacher' and post.place = ?1 and post.until_utc_ms is null
order by person.name collate nocase, person.id
