-- The newest version of each form that says all of its idea.
select idea, origin, key in (select key from idea) as in_use
from form
where idea is not null
    and version = (select max(newest.version) from form as newest where newest.key = form.key)
order by key
