insert into imported_person (source, external_id, person, name_sha256, mail_sha256, there)
values (?1, ?2, ?3, ?4, ?5, 1)
