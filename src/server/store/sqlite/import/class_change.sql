update class
set
    title = :title,
    ended_at_utc_ms = iif(:is_back, null, ended_at_utc_ms),
    room = :room,
    grades = :grades,
    subjects = :subjects,
    periods = :periods
where id = :id
