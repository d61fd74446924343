delete from unheard
where number in (select number from event where received_at_utc_ms < ?1)
