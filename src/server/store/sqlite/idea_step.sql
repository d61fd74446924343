insert into idea_step (key, state, form_version, cycle, by_person, at_utc_ms)
values (:key, :state, :version, :cycle, :by, :now_utc_ms)
