insert into class (audience, id, site, title, room, teacher)
values (?1, ?2, ?3, ?4, ?5, ?6)
