insert into post (person, role, place, from_utc_ms)
values (:person, :role, :place, :from_utc_ms)
on conflict do nothing
