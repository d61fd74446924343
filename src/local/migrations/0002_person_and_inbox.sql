-- Who is signed in. The name and the token came with the sign-in; a store that nobody has signed in to yet
-- has neither.
alter table self add column name text;
alter table self add column token text;
-- Why nothing travels although somebody was signed in: they signed out, or the server ended it.
alter table self add column signed_out text check (signed_out in ('by_person', 'by_server'));
-- The server's feed that the inbox holds; null before the first pull.
alter table self add column feed integer;
-- The largest numbers of visits and events that were removed after their time: numbers go on counting.
alter table self add column last_visit integer not null default 0;
alter table self add column last_number integer not null default 0;
-- Whether text that was erased may still lie in pages that are not used any more: 1 when it can wait for a
-- quiet moment, 2 when somebody asked for it to be gone.
alter table self add column scrub integer not null default 0 check (scrub in (0, 1, 2));

-- Other people who have a store of their own on this device. Only the store that the device had first is
-- asked; in all others the table is empty.
create table neighbour (
    person text primary key check (length(person) = 36),
    name text not null,
    -- Whether this person's store is the one in use. When no row says so, it is the first store itself.
    current integer not null check (current in (0, 1))
) strict, without rowid;
create unique index one_current on neighbour (current) where current = 1;

-- What the server made for this person to read, one row for each audience and document.
create table inbox (
    audience text not null,
    kind text not null,
    id text not null,
    -- The document in JSON, as it came: it may be of a kind that this version does not know.
    body blob not null,
    unique (audience, kind, id)
) strict;
create index inbox_page on inbox (kind, id);

-- How far the inbox has read, audience by audience.
create table cursor (
    audience text primary key,
    number integer not null check (number >= 0)
) strict, without rowid;
