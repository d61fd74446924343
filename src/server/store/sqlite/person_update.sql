update person
set
    name = :name,
    mail = :mail,
    language = :language,
    -- A name that was set anew is not the one that somebody added, and goes not with it.
    added_by = case when name is :name then added_by end
where id = :id
