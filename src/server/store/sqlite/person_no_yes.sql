-- A yes that somebody else said was none, and has no end that could count.
update person
set peer_visits = 0, peer_visits_ended_utc_ms = null
where id = :person and :now_utc_ms is not null
