-- Every change idea that is known here: those of the library and of the district's forms, how they stand where they
-- were put to use, and those that only posts and visits name.
with met (key) as (
    select substr(place, 6) from post where role = 'pilot'
    union
    select form from counted_visit
),
known (key) as (
    select key from form
    union
    select key from met
)
select known.key, idea.state,
    json_extract(form.form, '$.title.en') as title_en,
    json_extract(form.form, '$.title.es') as title_es,
    exists (select 1 from met where met.key = known.key) as is_met
from known
left join idea on idea.key = known.key
left join form on form.key = known.key and form.version = ifnull(
    idea.form_version, (select max(version) from form as newest where newest.key = known.key)
)
order by known.key
