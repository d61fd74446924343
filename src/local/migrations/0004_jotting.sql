-- What a person is writing and has not sent: feedback on a visit, or a reply to it. Kept while it is typed; it
-- goes when it is sent.
create table jotting (
    key text primary key,
    at_utc_ms integer not null,
    text text not null
) strict, without rowid;
