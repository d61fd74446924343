-- What else says which classes are likely now. All of it is read out of the inbox as it comes.
-- Everybody who teaches the class, ids apart by blanks; when it meets, periods apart by line feeds.
alter table class add column teachers text not null default '';
alter table class add column periods text not null default '';
-- Who is in the team of which change idea.
create table pilot (
    audience text not null,
    id text not null,
    idea text not null,
    primary key (id, idea, audience)
) strict, without rowid;
-- What could not be visited: a class, or every class of a teacher. It holds for a day, and goes soon after.
create table missed (
    -- 'here' for what was said on this device.
    audience text not null,
    id text not null,
    at_utc_ms integer not null,
    at_offset_min integer not null,
    site text not null,
    class text,
    teacher text,
    primary key (id, audience)
) strict, without rowid;
