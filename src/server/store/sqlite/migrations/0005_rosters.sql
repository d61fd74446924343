-- What rosters and the files beside them say: sites, classes, bells, days, the district, and how many
-- students are in a class. No student stands in any of these tables.

-- What others call a site, such as its CDS code; none when only its name is known.
alter table site add column code text check (code <> '');

-- What a roster says of a class beside its title. Lists are in JSON, such as '["09","10"]'.
alter table class add column room text check (room <> '');
alter table class add column grades text not null default '[]' check (json_type(grades) = 'array');
alter table class add column subjects text not null default '[]' check (json_type(subjects) = 'array');
alter table class add column periods text not null default '[]' check (json_type(periods) = 'array');

-- How many students are in a class: all of them, by grade, and by group.
create table class_students (
    class blob not null references class (id),
    kind text not null check (kind in ('all', 'grade', 'group')),
    -- The grade or the group; '' for all.
    name text not null check ((kind = 'all') = (name = '')),
    students integer not null check (students >= 1),
    primary key (class, kind, name)
) strict, without rowid;

-- The district's settings; null where nothing was said.
create table district (
    only_row integer primary key check (only_row = 1),
    name text check (name <> ''),
    -- A name of the IANA time zone database, such as 'America/Los_Angeles'.
    time_zone text check (time_zone <> ''),
    -- The day on which a week begins: 1 is Monday, 7 is Sunday.
    week_start integer check (week_start between 1 and 7),
    -- In JSON, the most wanted first, such as '["en","es"]'.
    languages text check (json_type(languages) = 'array')
) strict;

-- When the periods of a kind of day are, in minutes since midnight of the site's wall.
create table bell (
    site blob not null references site (id),
    day_type text not null check (day_type <> ''),
    period text not null check (period <> ''),
    starts_min integer not null check (starts_min between 0 and 1439),
    ends_min integer not null check (ends_min > starts_min and ends_min <= 1440),
    primary key (site, day_type, period)
) strict, without rowid;

-- What kind of day it is at a site.
create table calendar_day (
    site blob not null references site (id),
    -- 'YYYY-MM-DD'.
    day text not null check (day glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    -- As bells have it; null when there is no school.
    day_type text check (day_type <> ''),
    primary key (site, day)
) strict, without rowid;

-- What each source last said, so that the next time only what it says otherwise is changed: what an
-- office has set since then stays. 'source' is 'roster', 'roster:<name>' or the name of a file, such as
-- 'pilots'. People are in 'alias', too.
create table imported_site (
    source text not null check (source <> ''),
    external_id text not null check (external_id <> ''),
    site blob not null references site (id),
    name text not null,
    code text,
    primary key (source, external_id)
) strict, without rowid;
create index imported_site_site on imported_site (site);

create table imported_person (
    source text not null check (source <> ''),
    external_id text not null check (external_id <> ''),
    person blob not null references person (id),
    -- Hashes of the name and the mail address, so that a name that is erased stands nowhere else.
    name_sha256 blob check (length(name_sha256) = 32),
    mail_sha256 blob check (length(mail_sha256) = 32),
    -- Whether the source still has them.
    there integer not null check (there in (0, 1)),
    primary key (source, external_id)
) strict, without rowid;
create index imported_person_person on imported_person (person);

create table imported_post (
    source text not null check (source <> ''),
    person blob not null references person (id),
    role text not null check (role in ('teacher', 'principal', 'coach', 'pilot', 'lead', 'admin')),
    place text not null check (place <> ''),
    -- 'YYYY-MM-DD' where the source says since when.
    since_on text,
    primary key (source, person, role, place)
) strict, without rowid;

-- The school year that a term is in, for later files that name it.
create table imported_term (
    source text not null check (source <> ''),
    external_id text not null check (external_id <> ''),
    school_year integer not null check (school_year between 1990 and 2200),
    primary key (source, external_id)
) strict, without rowid;

create table imported_class (
    source text not null check (source <> ''),
    external_id text not null check (external_id <> ''),
    class blob not null unique references class (id),
    title text not null,
    there integer not null check (there in (0, 1)),
    primary key (source, external_id)
) strict, without rowid;

create table imported_teacher (
    source text not null check (source <> ''),
    class blob not null references class (id),
    person blob not null references person (id),
    primary key (source, class, person)
) strict, without rowid;

-- Files that were looked at, and what became of it.
create table import (
    id blob primary key check (length(id) = 16),
    -- Whoever sent it; null for the command line.
    person blob references person (id),
    looked_at_utc_ms integer not null,
    taken_at_utc_ms integer check (state = 'taken' or taken_at_utc_ms is null),
    -- 'blocked' can never be taken; 'looked' can, as long as what was read is kept.
    state text not null check (state in ('looked', 'blocked', 'taken')),
    -- What is in it and what it does, in JSON. It quotes no cell of a file.
    preview text not null
) strict, without rowid;
create index import_looked on import (looked_at_utc_ms);

-- What was read and waits to be taken, without students. It is removed when it is taken, or too old.
create table import_roster (
    import blob primary key references import (id),
    roster blob not null
) strict;
