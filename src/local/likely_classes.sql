select id, site, title, room, teachers, periods
from class
group by id
