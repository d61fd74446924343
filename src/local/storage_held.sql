select coalesce(sum(set_aside is null), 0), coalesce(sum(set_aside is not null), 0)
from event
where server_number is null
