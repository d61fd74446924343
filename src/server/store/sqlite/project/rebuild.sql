-- Everything that is made from events and people. What was erased stays erased, and people stay who they are; a welcome
-- that counted once stays a yes, whoever teaches its class by now.
delete from document;
delete from counted_support;
delete from counted_rating;
delete from counted_visit;
delete from claimable;
delete from refused_visit;
delete from held_back;
delete from copy_due;
delete from welcome_waits;
delete from voice_due;
delete from projected_people;
delete from to_count;
delete from to_refresh;
delete from parked;
insert into to_project (server_number) select server_number from event where true on conflict do nothing;
