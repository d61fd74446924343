-- Events as they came. Nothing here is ever updated or deleted.
create table event (
    -- The order of the commits; autoincrement, so that no number is ever given twice.
    server_number integer primary key autoincrement,
    id blob not null unique check (length(id) = 16),
    device blob not null check (length(device) = 16),
    number integer not null check (number between 1 and 9007199254740991),
    author blob not null check (length(author) = 16),
    -- octet_length, since length() of a text ends at its first NUL.
    kind text not null check (octet_length(kind) between 1 and 64),
    schema integer not null check (schema between 1 and 4294967295),
    at_utc_ms integer not null check (at_utc_ms between -9007199254740991 and 9007199254740991),
    offset_min integer not null check (offset_min between -1080 and 1080),
    sha256 blob not null check (length(sha256) = 32),
    -- The bytes as the device made them; sha256 is their hash.
    body blob not null check (length(body) between 1 and 65536),
    words_sha256 blob check (length(words_sha256) = 32),
    received_at_utc_ms integer not null,
    unique (device, number)
) strict;

-- What could name or quote a person, apart, so that it can be erased and the event stays.
create table words (
    server_number integer primary key references event,
    words blob not null check (length(words) between 1 and 65536)
) strict;
