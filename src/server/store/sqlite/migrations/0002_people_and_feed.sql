-- Who is who, what is made from events, and for whom.

-- What an event is about, as the text of what facts are folded by: 'walkthrough:<id>', 'person:<id>',
-- 'idea:<key>', 'events'. Null when this version does not read the event.
alter table event add column about text;
update event
set about = 'walkthrough:' || lower(
    substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-'
    || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21, 12)
)
where kind = 'walkthrough_submitted' and schema = 1;
create index event_about on event (about);

-- Events that the projector has not taken yet.
create table to_project (
    server_number integer primary key references event
) strict;
insert into to_project (server_number) select server_number from event;

-- What changed beside the events, and is to be made into documents again: 'people' (with posts, sites
-- and classes), 'agreement', or an event's about.
create table to_refresh (
    about text primary key check (about <> '')
) strict, without rowid;

-- Merges are few and looked for among all events.
create index event_merged on event (server_number) where kind = 'person_merged';

-- What could not be projected, until the next start: its events are stored, and nothing waits for it.
create table parked (
    about text primary key check (about <> ''),
    parked_at_utc_ms integer not null
) strict, without rowid;

-- Events by whoever recorded them; submitted visits are found through their observer's documents.
create index event_author on event (author) where kind <> 'walkthrough_submitted';

-- Events whose words are erased, also such as have not arrived: their words are dropped when they do.
create table erased (
    id blob primary key check (length(id) = 16),
    erased_at_utc_ms integer not null
) strict, without rowid;
-- Erasures by somebody who is no admin of events that have not arrived, or are not theirs: they count if
-- the event turns out to be theirs.
create table erasure_awaited (
    id blob not null check (length(id) = 16),
    author blob not null check (length(author) = 16),
    primary key (id, author)
) strict, without rowid;

-- Numbered visits by what their code hashes to.
create table claimable (
    claim_sha256 blob primary key check (length(claim_sha256) = 32),
    walkthrough blob not null check (length(walkthrough) = 16)
) strict, without rowid;

-- The server's own store of events: it records for people who act without a device, such as on a card.
create table office (
    only_row integer primary key check (only_row = 1),
    device blob not null check (length(device) = 16),
    next_number integer not null check (next_number >= 1)
) strict;

create table site (
    id blob primary key check (length(id) = 16),
    name text not null check (name <> '')
) strict, without rowid;

-- Names and addresses can be erased; the row stays, and so does what the person did.
create table person (
    id blob primary key check (length(id) = 16),
    name text check (name <> ''),
    mail text check (mail <> ''),
    -- The language in which they are written to.
    language text not null default 'en' check (language in ('en', 'es')),
    -- Whether they said yes to visits by peers.
    peer_visits integer not null default 0 check (peer_visits in (0, 1)),
    added_at_utc_ms integer not null,
    -- The event that added them on the spot, whose words are the name; null when an office did.
    added_by blob check (length(added_by) = 16),
    left_at_utc_ms integer
) strict, without rowid;
create unique index person_mail on person (mail collate nocase) where mail is not null;

-- What others call a person: 'roster' and its id, 'device' and the id that a store drew for itself.
create table alias (
    source text not null check (source <> ''),
    external_id text not null check (external_id <> ''),
    person blob not null references person (id),
    primary key (source, external_id)
) strict, without rowid;

-- What a person does or did. Rows are ended and never deleted.
create table post (
    id integer primary key,
    person blob not null references person (id),
    role text not null check (role in ('teacher', 'principal', 'coach', 'pilot', 'lead', 'admin')),
    -- 'site:<id>', 'idea:<key>' or 'district'.
    place text not null check (place <> ''),
    from_utc_ms integer not null,
    until_utc_ms integer check (until_utc_ms >= from_utc_ms)
) strict;
create unique index post_held on post (person, role, place) where until_utc_ms is null;

create table class (
    id blob primary key check (length(id) = 16),
    site blob not null references site (id),
    -- The calendar year in which its school year ends.
    school_year integer not null check (school_year between 1990 and 2200),
    title text not null check (title <> ''),
    ended_at_utc_ms integer
) strict, without rowid;
create table class_teacher (
    class blob not null references class (id),
    person blob not null references person (id),
    primary key (class, person)
) strict, without rowid;

-- Versions of the agreement. Rows are never changed.
create table agreement (
    version integer primary key check (version >= 1),
    from_utc_ms integer not null,
    -- The agreement in JSON.
    body text not null,
    adopted_by blob references person (id),
    adopted_at_utc_ms integer not null
) strict;

-- Devices that are or were signed in. A token is kept as its hash only.
create table device (
    id blob primary key check (length(id) = 16),
    person blob not null references person (id),
    token_sha256 blob not null unique check (length(token_sha256) = 32),
    -- What a person recognises it by, such as "Chrome, Android".
    label text not null,
    signed_in_at_utc_ms integer not null,
    seen_at_utc_ms integer not null,
    ended_at_utc_ms integer
) strict, without rowid;
create index device_person on device (person);

-- Secrets that are given to people: each is kept as its hash only.
create table secret (
    sha256 blob primary key check (length(sha256) = 32),
    -- 'first_admin', 'invitation', 'code' sign a device in; 'card' opens feedback.
    kind text not null check (kind in ('first_admin', 'invitation', 'code', 'card')),
    person blob not null references person (id),
    -- The feedback that a card shows.
    feedback blob check (length(feedback) = 16),
    made_at_utc_ms integer not null,
    expires_utc_ms integer not null,
    used_at_utc_ms integer,
    revoked_at_utc_ms integer,
    check ((kind = 'card') = (feedback is not null))
) strict, without rowid;
create index secret_person on secret (person);
create index secret_feedback on secret (feedback) where feedback is not null;

-- The feed: documents for audiences, numbered in the order of their commits. Made from events and
-- people; it can be emptied and made again, as another feed.
create table feed (
    only_row integer primary key check (only_row = 1),
    -- Which feed this is; a feed that was made again is another one.
    feed integer not null check (feed >= 1),
    next_number integer not null check (next_number >= 1),
    -- Whether words were erased since the file was last written anew: what SQLite moved within its pages
    -- may still stand there, although what it freed is overwritten.
    erasure_due integer not null default 0 check (erasure_due in (0, 1))
) strict;
-- What visits were last made into documents with: who is who ('alias <from> <into>') and who coaches where
-- ('coach <person> <place>'). What differs from now says which visits to make again.
create table projected_people (
    line text primary key
) strict, without rowid;
create table document (
    audience text not null,
    kind text not null,
    id text not null,
    number integer not null unique,
    -- What it is made from, as event.about says it, or 'people', 'agreement', 'measures:<key>',
    -- 'support:<scope>'.
    about text not null,
    -- The document in JSON; null when it is gone.
    body text,
    primary key (audience, kind, id)
) strict;
create index document_number on document (audience, number);
create index document_about on document (about);

-- What is counted. Made from events, with the documents.
create table counted_visit (
    walkthrough blob primary key check (length(walkthrough) = 16),
    form text not null,
    form_version integer not null,
    site blob,
    teacher blob,
    observer blob not null,
    at_utc_ms integer not null,
    -- The newest of the server's events that these figures rest on.
    as_of integer not null
) strict, without rowid;
create index counted_visit_form on counted_visit (form);
create table counted_rating (
    walkthrough blob not null references counted_visit (walkthrough) on delete cascade,
    look_for text not null,
    rating text not null check (rating in ('seen', 'partly', 'not_seen', 'not_the_moment')),
    primary key (walkthrough, look_for)
) strict, without rowid;
create table counted_support (
    id blob primary key check (length(id) = 16),
    walkthrough blob not null references counted_visit (walkthrough) on delete cascade,
    form text not null,
    site blob,
    teacher blob,
    category text not null,
    given integer not null check (given in (0, 1)),
    as_of integer not null
) strict, without rowid;
create index counted_support_walkthrough on counted_support (walkthrough);
-- Figures that have changed since their documents were made: 'measures:<key>', 'support:<scope>'.
create table to_count (
    about text primary key check (about <> '')
) strict, without rowid;

-- Mails that say that there is something to read, and nothing of what it says.
create table mail (
    id integer primary key,
    feedback blob not null unique check (length(feedback) = 16),
    person blob not null references person (id),
    made_at_utc_ms integer not null,
    -- When the next try may begin. It is set before a try, so that a server that dies in one waits, too.
    due_at_utc_ms integer not null,
    tries integer not null default 0,
    sent_at_utc_ms integer,
    -- Why it was given up; null while it may still be sent.
    given_up text
) strict;
create index mail_due on mail (due_at_utc_ms) where sent_at_utc_ms is null and given_up is null;
