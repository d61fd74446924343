update site
set
    name = iif(name = ?2, ?3, name),
    code = iif(code is ?4, ?5, code)
where id = ?1 and ((name = ?2 and name <> ?3) or (code is ?4 and code is not ?5))
