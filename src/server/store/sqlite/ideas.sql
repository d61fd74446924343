select idea.key, idea.state, idea.form_version, idea.cycle, idea.cycle_from_utc_ms,
    idea.state_from_utc_ms, form.form,
    (select max(version) from form as newest where newest.key = idea.key) as newest
from idea
join form on form.key = idea.key and form.version = idea.form_version
where :key is null or idea.key = :key
order by idea.key
