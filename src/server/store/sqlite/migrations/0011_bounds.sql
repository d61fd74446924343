-- What one person said must not hold everybody up, and what somebody is called is known apart from who knows them.

-- How many erasures of one person wait is asked at each of theirs.
create index erasure_awaited_author on erasure_awaited (author);

-- The version of the agreement that the figures were made under; null before any were.
alter table feed add column figures_agreement integer;

-- The event whose words the name is: it goes when that is erased. Null when an office or the person said the name.
alter table person add column named_by blob check (length(named_by) = 16);
update person
set named_by = named.event
from (
    select
        event.id as event,
        replace(substr(event.about, length('person:') + 1), '-', '') as person,
        case
            when json_valid(cast(words.words as text))
                then trim(json_extract(cast(words.words as text), '$.said.name'))
        end as name
    from event
    join words using (server_number)
    where event.kind = 'person_added' and event.about like 'person:%'
) as named
where lower(hex(person.id)) = named.person and person.name = named.name;
update person set named_by = added_by where name is null and added_by is not null;
-- The event that added them is the one, where two gave the same name.
update person
set named_by = added_by
where named_by is not null and added_by is not null;

-- Posts that are over cover nothing that came after them: what rests on people is made again.
insert into to_refresh (about) values ('people') on conflict do nothing;
