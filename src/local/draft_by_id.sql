select id, visit, form, form_version, begun_at_utc_ms, begun_offset_min
from draft
where id = ?1
