-- What teachers say themselves.

-- Welcomes of peers as they were last projected: each is its teacher's yes to their visits to that class on that day.
create table welcome (
    -- The event that says it.
    id blob primary key check (length(id) = 16),
    teacher blob not null check (length(teacher) = 16),
    site blob not null check (length(site) = 16),
    -- Null for any class.
    class blob check (length(class) = 16),
    -- As 2026-11-22.
    day text not null check (length(day) = 10),
    -- Since when it is taken back, in milliseconds since 1970; null as long as it is not.
    until_utc_ms integer
) strict, without rowid;

-- What is made again when a moment has come: the pool of a week is made when it closes, a welcome ends with its day.
create table voice_due (
    -- As event.about says it.
    about text primary key check (about <> ''),
    due_utc_ms integer not null
) strict, without rowid;
create index voice_due_when on voice_due (due_utc_ms);

-- Pools of closed weeks, in JSON; null where there were too few. Each is made once and stays: were it made again, two of
-- its versions would tell the answer that came between them. A rebuild keeps them.
create table voice_pool (
    about text primary key check (about <> ''),
    body text,
    -- The newest of the server's events in it.
    as_of integer not null
) strict, without rowid;

-- The questions of ideas in use go to their teams.
insert into to_refresh (about) values ('ideas') on conflict do nothing;
