-- The forms that visits were begun on, each text once. A draft keeps its own, whatever becomes of the document
-- that brought it.
create table draft_form (
    id integer primary key,
    -- The form in JSON.
    json text not null unique
) strict;

-- Several visits may be open at a time.
alter table draft add column form_id integer references draft_form (id);
-- Whose lesson it was begun in, in JSON.
alter table draft add column lesson text;
-- The last of the events that were made of it: the visit is the first of them.
alter table draft add column last_number integer;
-- Where it was submitted, and the code with which the teacher takes it.
alter table draft add column class text;
alter table draft add column teacher text;
alter table draft add column code text;
-- When it was put away without being submitted.
alter table draft add column put_away_at_utc_ms integer;
create index draft_class on draft (class, begun_at_utc_ms) where class is not null;

-- The visit that was on the screen last.
alter table self add column in_hand text;

-- The roster, read out of the inbox as it comes, so that it can be searched.
create table class (
    audience text not null,
    id text not null,
    site text not null,
    title text not null,
    room text,
    teacher text not null,
    primary key (id, audience)
) strict, without rowid;
create table named (
    -- 'here' for somebody who was added on this device.
    audience text not null,
    id text not null,
    name text not null,
    -- Where they teach.
    site text,
    -- The event that added them here.
    event text,
    primary key (id, audience)
) strict, without rowid;

-- The form that versions 1 and 2 carried within them.
insert into draft_form (id, json)
values (1, '{"form":{"key":"three-reads","version":1},"title":{"en":"Three reads","es":"Tres lecturas"},"theory":{"en":"If students read a problem three times, each with a purpose, then more of them can say what is asked before they start.","es":"Si los estudiantes leen un problema tres veces, cada vez con un propósito, más de ellos pueden decir qué se pide antes de empezar."},"look_fors":[{"key":"purpose-said","component":"adults","words":{"en":"Each read has a purpose, said aloud or shown","es":"Cada lectura tiene un propósito, dicho en voz alta o a la vista"},"core":true,"kind":{"type":"states"}}]}');
update draft set form_id = 1 where form = 'three-reads' and form_version = 1;
update draft set last_number = number;
