select welcome_waits.about, welcome_waits.teacher, class_teacher.person
from welcome_waits
join class_teacher on class_teacher.class = welcome_waits.class
