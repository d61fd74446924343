update person
set
    -- What was recorded until now stays under the yes that is taken back.
    peer_visits_ended_utc_ms = iif(
        peer_visits = 1 and :peer_visits = 0, :now_utc_ms, peer_visits_ended_utc_ms
    ),
    peer_visits = :peer_visits
where id = :person
