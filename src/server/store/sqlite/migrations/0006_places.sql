-- An invented district: there is a row if this is one.
create table demo (
    only_row integer primary key check (only_row = 1),
    -- The day that its dates lead up to: 'YYYY-MM-DD'.
    today text not null check (today glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    -- Whether all of it is there; if not, loading goes on with the next start.
    loaded integer not null check (loaded in (0, 1))
) strict;

-- For which years the documents of sites last said what their clocks show.
create table projected_clocks (
    only_row integer primary key check (only_row = 1),
    -- The calendar year in the middle of them.
    year integer not null
) strict;
