select 1
from alias
where source in ('device', 'merged') and external_id = :author and person = :person
