-- What is held back from others, and on whom figures rest.

-- Who said that support is wanted; null in what was counted before, which is counted again.
alter table counted_support add column said_by blob check (length(said_by) = 16);

-- Visits with a key that no published form has, as they were last projected: they are made again when a form of that
-- key comes.
create table held_back (
    -- The visit, as event.about says it.
    about text primary key check (about <> ''),
    -- The key of its form, as the record has it.
    form text not null
) strict, without rowid;
create index held_back_form on held_back (form);

-- What was made before is made again, and figures with it.
insert into to_refresh (about)
select about from event where kind = 'walkthrough_submitted' and about is not null
on conflict do nothing;
insert into to_count (about)
select about from document where about like 'measures:%' or about like 'support:%'
union
select 'support'
on conflict do nothing;
