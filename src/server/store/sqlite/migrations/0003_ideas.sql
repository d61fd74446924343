-- Forms by version. Rows are never changed: records were made on them.
create table form (
    key text not null check (key <> ''),
    version integer not null check (version between 1 and 9999),
    -- 'library' or 'district'.
    origin text not null check (origin in ('library', 'district')),
    -- The form in JSON, as devices get it, and the SHA-256 of these bytes.
    form text not null,
    sha256 blob not null check (length(sha256) = 32),
    -- The whole change idea in JSON, with its prediction, survey and outcomes; null for a version that had none.
    idea text,
    added_by blob references person (id),
    added_at_utc_ms integer not null,
    primary key (key, version)
) strict, without rowid;

-- Change ideas that a district has put to use, by the key of their form. Rows are never deleted: every version
-- of their forms stays in the feed, since drafts finish on theirs.
create table idea (
    key text primary key check (key <> ''),
    state text not null
        check (state in ('drafted', 'baseline', 'testing', 'adopted', 'adapted', 'abandoned')),
    -- The version that is in use.
    form_version integer not null,
    -- Which cycle of testing, from 1, and since when.
    cycle integer not null check (cycle >= 1),
    cycle_from_utc_ms integer not null,
    -- Since when it is in its state.
    state_from_utc_ms integer not null,
    put_to_use_by blob references person (id)
) strict, without rowid;

-- What became of each idea, line by line: for charts, and to say who did it.
create table idea_step (
    id integer primary key,
    key text not null references idea (key),
    state text not null,
    form_version integer not null,
    cycle integer not null,
    by_person blob references person (id),
    at_utc_ms integer not null
) strict;
create index idea_step_key on idea_step (key);

-- Earlier versions had one form, in version 1, and no ideas: where it was used, it goes on, as a baseline.
insert into idea
select 'three-reads', 'baseline', 1, 1, received_at_utc_ms, received_at_utc_ms, null
from event
where kind = 'walkthrough_submitted'
    and json_extract(cast(body as text), '$.data.form.key') = 'three-reads'
order by server_number
limit 1;
insert into idea_step (key, state, form_version, cycle, by_person, at_utc_ms)
select key, state, form_version, cycle, null, state_from_utc_ms from idea;
insert into to_refresh (about) select 'ideas' from idea where true on conflict do nothing;
