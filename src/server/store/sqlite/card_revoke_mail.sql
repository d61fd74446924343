insert into mail (feedback, person, made_at_utc_ms, due_at_utc_ms, given_up)
values (:feedback, :person, :now_utc_ms, :now_utc_ms, 'revoked')
on conflict (feedback) do update set given_up = 'revoked'
where sent_at_utc_ms is null and given_up is null
