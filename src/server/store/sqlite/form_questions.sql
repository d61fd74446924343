select
    form.key, json_extract(question.value, '$.key') as question,
    json_quote(json_extract(question.value, '$.answer')) as answer
from form
join json_each(form.idea, '$.questions') as question
where form.idea is not null
order by form.key, form.version
