select person.id, person.name
from post
join person on person.id = post.person
where post.role = ?1 and post.until_utc_ms is null and person.left_at_utc_ms is null
order by post.from_utc_ms, post.id
limit 1
