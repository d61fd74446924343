select to_project.server_number, event.about
from to_project
join event using (server_number)
order by to_project.server_number
limit ?1
