update draft
set
    number = :number,
    last_number = :last_number,
    class = :class,
    teacher = :teacher,
    code = :code
where id = :id
