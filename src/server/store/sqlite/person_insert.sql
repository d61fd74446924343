insert into person (id, name, mail, language, added_at_utc_ms)
values (:id, :name, :mail, :language, :added_at_utc_ms)
