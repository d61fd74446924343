delete from import_roster
where import in (select id from import where looked_at_utc_ms < ?1)
