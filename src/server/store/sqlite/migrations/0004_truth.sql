-- Who may visit whom.

-- When a yes to visits by peers was last taken back, by the server's clock: it covers what was before that.
-- Null when it never was.
alter table person add column peer_visits_ended_utc_ms integer;

-- The device that a secret signed in; null before, and for cards.
alter table secret add column used_by blob check (length(used_by) = 16);

-- Visits that make nothing for others, as they were last projected: they have no documents and no line in the
-- counts by which they would be found when people, posts, consent or the agreement change.
create table refused_visit (
    -- The visit, as event.about says it.
    about text primary key check (about <> ''),
    -- Whose lesson it would be, by the entry that stood for them; null for a numbered visit.
    teacher blob check (length(teacher) = 16),
    -- The moment by which its agreement was chosen.
    day_utc_ms integer not null
) strict, without rowid;
create index refused_visit_teacher on refused_visit (teacher) where teacher is not null;

-- Visits that name their teacher and have no feedback, as they were last projected. From due_utc_ms on the
-- teacher is told that they were written up.
create table copy_due (
    -- The visit, as event.about says it.
    about text primary key check (about <> ''),
    walkthrough blob not null check (length(walkthrough) = 16),
    teacher blob not null check (length(teacher) = 16),
    due_utc_ms integer not null
) strict, without rowid;
create index copy_due_when on copy_due (due_utc_ms);

-- What was made before nobody asked who may visit whom: all visits are made again.
insert into to_refresh (about)
select about from event where kind = 'walkthrough_submitted' and about is not null
union
select 'people'
on conflict do nothing;
