-- Whether something stored names an id as somebody other than its author: as a teacher, or as a person who was
-- added or merged. What the projector has not taken yet is searched as text.
select 1 from refused_visit where teacher = :id
union all
select 1 from event where about = 'person:' || :text
union all
select 1
from event
where kind = 'person_merged' and instr(cast(body as text), :text) > 0
union all
select 1
from to_project
join event using (server_number)
where event.author <> :id and instr(cast(event.body as text), :text) > 0
limit 1
