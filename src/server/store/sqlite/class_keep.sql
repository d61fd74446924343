-- Nothing is written for a class of another site or year.
insert into class (id, site, school_year, title, ended_at_utc_ms)
values (:id, :site, :school_year, :title, iif(:ended, :now_utc_ms, null))
on conflict (id) do update set
    title = excluded.title,
    ended_at_utc_ms = iif(:ended, ifnull(class.ended_at_utc_ms, :now_utc_ms), null)
where class.site = excluded.site and class.school_year = excluded.school_year
