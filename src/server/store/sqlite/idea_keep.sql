insert into idea (key, state, form_version, cycle, cycle_from_utc_ms, state_from_utc_ms, put_to_use_by)
values (:key, :state, :version, :cycle, :cycle_from_utc_ms, :state_from_utc_ms, :by)
on conflict (key) do update set
    state = excluded.state,
    form_version = excluded.form_version,
    cycle = excluded.cycle,
    cycle_from_utc_ms = excluded.cycle_from_utc_ms,
    state_from_utc_ms = excluded.state_from_utc_ms
