insert into class (id, site, school_year, title, room, grades, subjects, periods)
values (:id, :site, :school_year, :title, :room, :grades, :subjects, :periods)
