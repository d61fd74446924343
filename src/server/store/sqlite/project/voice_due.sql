insert into to_refresh (about)
select about from voice_due where due_utc_ms <= ?1
on conflict do nothing
