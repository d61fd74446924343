update event
set server_number = ?2, received_at_utc_ms = ?3, set_aside = null
where number = ?1 and server_number is null
