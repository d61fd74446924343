select person.id, person.name
from class_teacher
join person on person.id = class_teacher.person
where class_teacher.class = ?1
order by person.name collate nocase, person.id
