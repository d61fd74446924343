select class.id, class.title
from class_teacher
join class on class.id = class_teacher.class
where class_teacher.person = :person and class.ended_at_utc_ms is null
order by class.title collate nocase, class.id
