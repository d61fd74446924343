insert into class (audience, id, site, title, room, teacher, teachers, periods)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
