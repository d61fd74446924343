select class.*, class_students.students
from class
left join class_students on class_students.class = class.id and class_students.kind = 'all'
where ended_at_utc_ms is null
