-- Which store this is. One row.
create table self (
    only_row integer primary key check (only_row = 1),
    -- The store's id to the server; a copied or restored store takes a new one.
    device text not null check (length(device) = 36),
    -- The person whose store this is.
    author text not null check (length(author) = 36),
    made_at_utc_ms integer not null
) strict;

-- What was recorded here, sealed. The rows without receipt and not set aside are the outbox.
create table event (
    -- The event's number among this store's events.
    number integer primary key check (number >= 1),
    id text not null unique check (length(id) = 36),
    kind text not null,
    at_utc_ms integer not null,
    offset_min integer not null,
    sha256 text not null check (length(sha256) = 64),
    -- The bytes as they were made, which are sent as they are.
    body blob not null,
    words blob,
    -- The receipt, made after the server's commit.
    server_number integer check (server_number >= 1),
    received_at_utc_ms integer,
    -- Why the server can never accept it, as a problem in JSON.
    set_aside text,
    check ((server_number is null) = (received_at_utc_ms is null)),
    check (server_number is null or set_aside is null)
) strict;

create index outbox on event (number) where server_number is null and set_aside is null;

-- A visit, from its first tap on.
create table draft (
    id text primary key check (length(id) = 36),
    -- The visit's number on this device.
    visit integer not null unique check (visit >= 1),
    form text not null,
    form_version integer not null check (form_version >= 1),
    begun_at_utc_ms integer not null,
    begun_offset_min integer not null,
    -- The event that it became; none while it is open.
    number integer unique references event (number)
) strict, without rowid;

create index open_draft on draft (visit) where number is null;

-- Every tap. A draft is the fold of its taps.
create table tap (
    draft text not null references draft (id),
    revision integer not null check (revision >= 1),
    -- The tap in JSON, with its time.
    tap text not null,
    primary key (draft, revision)
) strict, without rowid;
