select
    draft.id,
    draft.visit,
    draft.form,
    draft.form_version,
    draft.begun_at_utc_ms,
    draft.begun_offset_min,
    draft.lesson,
    draft.number,
    draft_form.json
from draft
join draft_form on draft_form.id = draft.form_id
where draft.id = ?1
