insert into draft (id, visit, form, form_version, begun_at_utc_ms, begun_offset_min)
values (:id, :visit, :form, :form_version, :begun_at_utc_ms, :begun_offset_min)
on conflict (id) do nothing
