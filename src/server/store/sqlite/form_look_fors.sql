select form.key, form.version, json_extract(look_for.value, '$.key') as look_for
from form
join json_each(form.form, '$.look_fors') as look_for
