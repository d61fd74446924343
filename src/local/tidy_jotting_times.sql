-- Written before this store was made, or before there was a Lookfor, or later than now: a clock was wrong.
update jotting
set at_utc_ms = ?1
where at_utc_ms > ?1
    or at_utc_ms < ?2
    or at_utc_ms < (select made_at_utc_ms from self where made_at_utc_ms <= ?1)
