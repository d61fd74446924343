insert into form (key, version, origin, form, sha256, idea, added_by, added_at_utc_ms)
values (:key, :version, :origin, :form, :sha256, :idea, :by, :now_utc_ms)
on conflict do nothing
