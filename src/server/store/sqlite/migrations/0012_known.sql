-- Whom the office does not know counts in no group, and what no form has is for nobody else.

-- Welcomes to a class that their teacher does not teach, as they were last projected: they are made again when a roster
-- says so.
create table welcome_waits (
    -- The welcome, as event.about says it.
    about text primary key check (about <> ''),
    class blob not null check (length(class) = 16),
    teacher blob not null check (length(teacher) = 16)
) strict, without rowid;
create index welcome_waits_class on welcome_waits (class);

-- Pools of teams with somebody whom the office does not know may rest on few whom it knows: there is none. The others
-- stay as they were made.
update voice_pool
set body = null
where exists (
    select 1
    from post
    join person on person.id = post.person
    where person.added_by is not null
        and post.role = 'pilot'
        and (
            voice_pool.about like 'survey:' || substr(post.place, length('idea:') + 1) || '/%'
            or voice_pool.about like 'lessons:' || substr(post.place, length('idea:') + 1) || '/%'
        )
);

-- What was made before is made again: a yes to a class of somebody else was one, and a visit counted whoever made it.
delete from welcome;
insert into to_refresh (about)
select about
from event
where about like 'walkthrough:%' or about like 'survey:%' or about like 'lessons:%' or about like 'welcome:%'
union
select 'people'
on conflict do nothing;
insert into to_count (about)
select distinct 'measures:' || form from counted_visit
union
select 'support'
on conflict do nothing;

-- Under which ids somebody spoke of whom the office says that it was not the person of the entry, until when the server
-- received it. Such events are kept and count for nothing.
create table not_theirs (
    author blob primary key check (length(author) = 16),
    until_utc_ms integer not null
) strict, without rowid;

-- Every event that counts. What events say is read from here alone.
create view heard as
select event.*
from event
where not exists (
    select 1
    from not_theirs
    where not_theirs.author = event.author
        and not_theirs.until_utc_ms > event.received_at_utc_ms
);

-- Several visits may have the hash of one code: whoever saw it may record it, too, and must not keep the visit from its
-- teacher by that. It is made again with the visits.
drop table claimable;
create table claimable (
    claim_sha256 blob not null check (length(claim_sha256) = 32),
    walkthrough blob not null check (length(walkthrough) = 16),
    primary key (claim_sha256, walkthrough)
) strict, without rowid;
create index claimable_walkthrough on claimable (walkthrough);

-- Under which number an audience first had a document: who came later does not hear that it is gone.
alter table document add column first integer not null default 0;

-- An erasure finds whom its event named.
create index person_named_by on person (named_by) where named_by is not null;

-- Merges into somebody who had left when the server received them. They count for nothing, also when that person is back.
create table merge_refused (
    server_number integer primary key references event
) strict;
