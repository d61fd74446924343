-- The language in which the person reads Lookfor on this device; null as long as they have not chosen one.
alter table self add column language text check (language in ('en', 'es'));
