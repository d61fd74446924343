insert into draft (
    id, visit, form, form_version, begun_at_utc_ms, begun_offset_min, form_id, lesson
)
select
    :id, :visit, :form, :form_version, :begun_at_utc_ms, :begun_offset_min, draft_form.id, :lesson
from draft_form
where draft_form.json = :form_json
