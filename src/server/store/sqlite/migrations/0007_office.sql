-- The office: its doors and sessions, invitations that go out by mail, and what its overview counts.

-- The secret of an address that opens the office once, kept as its hash. A door that was used is gone.
create table office_door (
    sha256 blob primary key check (length(sha256) = 32),
    person blob not null references person (id),
    device blob not null references device (id),
    -- The offset of the device's wall clock, in minutes east of UTC.
    offset_min integer not null check (offset_min between -1080 and 1080),
    made_at_utc_ms integer not null,
    expires_utc_ms integer not null
) strict, without rowid;

-- Who works in the office in a browser. The cookie is kept as its hash; a session that was ended is gone.
create table office_session (
    sha256 blob primary key check (length(sha256) = 32),
    person blob not null references person (id),
    -- The device whose sign-in it came from: it ends with that.
    device blob not null references device (id),
    offset_min integer not null check (offset_min between -1080 and 1080),
    -- The language that was chosen for it; null for the person's own.
    language text check (language in ('en', 'es')),
    made_at_utc_ms integer not null,
    expires_utc_ms integer not null
) strict, without rowid;
create index office_session_device on office_session (device);

-- Invitations that go out by mail. The secret of each is made when it is sent.
create table invitation_mail (
    id integer primary key,
    person blob not null references person (id),
    made_at_utc_ms integer not null,
    -- When the next try may begin, set before a try, as for `mail`.
    due_at_utc_ms integer not null,
    tries integer not null default 0,
    sent_at_utc_ms integer,
    -- Why it was given up; null while it may still be sent.
    given_up text
) strict;
create index invitation_mail_person on invitation_mail (person);
create unique index invitation_mail_waiting on invitation_mail (person)
where sent_at_utc_ms is null and given_up is null;

-- When feedback was sent and first opened, for the share that was read within a day.
create index event_feedback on event (about, kind, received_at_utc_ms, author)
where kind in ('feedback_sent', 'feedback_opened');
create index person_name on person (name collate nocase, id);
