update person
set
    name = :name,
    mail = :mail,
    language = :language,
    -- Whom an office calls otherwise than whoever added them did, it knows; what they call themselves says nothing.
    added_by = case when :own or name is :name then added_by end,
    -- Another name, whoever gives it, did not come from the event that added them: it is not erased with it.
    named_by = case when name is :name then named_by end
where id = :id
