-- People by name; what is searched is compared without case and accents.
with listed as (
    select person.*, ifnull(person.name, '') collate nocase as called
    from person
    where (person.left_at_utc_ms is not null) = :left
        and (:except is null or person.id <> :except)
        and (
            not :only_met
            or (
                person.added_by is not null
                -- An entry of an office that is one with it knows them.
                and not exists (
                    select 1
                    from alias
                    join person as other on other.id = unhex(alias.external_id, '-')
                    where alias.source = 'merged' and alias.person = person.id and other.added_by is null
                )
            )
        )
        and (
            :text is null
            or replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(person.name), 'á', 'a'), 'é', 'e'), 'í', 'i'), 'ó', 'o'), 'ú', 'u'), 'ñ', 'n'), 'ü', 'u'), 'Á', 'a'), 'É', 'e'), 'Í', 'i'), 'Ó', 'o'), 'Ú', 'u'), 'Ñ', 'n'), 'Ü', 'u') like :text escape '\'
            or (:mails and person.mail like :text escape '\')
        )
        and (
            :site is null
            or exists (
                select 1
                from post
                where post.person = person.id and post.place = :site and post.until_utc_ms is null
            )
        )
        and not exists (
            select 1
            from alias
            where source = 'merged' and external_id = lower(
                substr(hex(person.id), 1, 8) || '-' || substr(hex(person.id), 9, 4) || '-'
                || substr(hex(person.id), 13, 4) || '-' || substr(hex(person.id), 17, 4) || '-'
                || substr(hex(person.id), 21, 12)
            )
        )
)
select listed.*, (select count(*) from listed) as all_lines
from listed
where :after is null
    or (listed.called, listed.id) > (
        select ifnull(person.name, ''), person.id from person where person.id = :after
    )
order by listed.called, listed.id
limit :limit
