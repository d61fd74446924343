update person
set
    name = :name,
    mail = :mail,
    language = :language,
    peer_visits = :peer_visits
where id = :id
