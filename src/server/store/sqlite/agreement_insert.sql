insert into agreement (version, from_utc_ms, body, adopted_by, adopted_at_utc_ms)
values (:version, :from_utc_ms, :body, :adopted_by, :adopted_at_utc_ms)
