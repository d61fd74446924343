-- What was said and can still be taken back. Nothing of it is sealed yet, so it has no number and leaves no gap.
create table held (
    id text primary key check (length(id) = 36),
    -- What was said in JSON, its words included.
    saying text not null
) strict, without rowid;
