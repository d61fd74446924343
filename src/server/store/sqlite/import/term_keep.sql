insert into imported_term (source, external_id, school_year)
values (?1, ?2, ?3)
on conflict (source, external_id) do update set school_year = excluded.school_year
where school_year <> excluded.school_year
