-- What the server has of what was said here, and the feed has not brought back yet: until then it is shown from its event.
create table unheard (
    number integer primary key references event (number),
    -- The document that the feed brings anew when the server has taken it up.
    document text not null check (length(document) = 36)
) strict;
create index set_aside on event (number) where set_aside is not null;
