insert into to_refresh (about)
select about from held_back where form = ?1
on conflict do nothing
