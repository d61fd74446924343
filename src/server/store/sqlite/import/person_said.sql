insert into imported_person (source, external_id, person, name, mail, there)
values (?1, ?2, ?3, ?4, ?5, 1)
