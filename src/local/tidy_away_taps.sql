delete from tap
where draft in (select id from draft where number is null and put_away_at_utc_ms < ?1)
