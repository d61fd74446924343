select id, visit, form, form_version, begun_at_utc_ms, begun_offset_min
from draft
where number is null
order by visit desc
limit 1
