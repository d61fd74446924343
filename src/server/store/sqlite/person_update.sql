update person
set
    name = :name,
    mail = :mail,
    language = :language,
    -- Whom an office calls otherwise than whoever added them did, it knows; what they call themselves says nothing.
    added_by = case when :own or name is :name then added_by end
where id = :id
