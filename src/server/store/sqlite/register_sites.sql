-- Sites by name, with how many people teach there and how many classes go on.
with listed as (
    select site.id, site.name collate nocase as name
    from site
    where (:id is null or site.id = :id)
        and (
            :text is null
            or replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(site.name), 'á', 'a'), 'é', 'e'), 'í', 'i'), 'ó', 'o'), 'ú', 'u'), 'ñ', 'n'), 'ü', 'u'), 'Á', 'a'), 'É', 'e'), 'Í', 'i'), 'Ó', 'o'), 'Ú', 'u'), 'Ñ', 'n'), 'Ü', 'u') like :text escape '\'
        )
)
select
    listed.*,
    (select count(*) from listed) as all_lines,
    (
        select count(distinct post.person)
        from post
        join person on person.id = post.person and person.left_at_utc_ms is null
        where post.role = 'teacher' and post.until_utc_ms is null and post.place = 'site:' || lower(
            substr(hex(listed.id), 1, 8) || '-' || substr(hex(listed.id), 9, 4) || '-'
            || substr(hex(listed.id), 13, 4) || '-' || substr(hex(listed.id), 17, 4) || '-'
            || substr(hex(listed.id), 21, 12)
        )
    ) as teachers,
    (
        select count(*) from class where class.site = listed.id and class.ended_at_utc_ms is null
    ) as classes
from listed
where :after is null
    or (listed.name, listed.id) > (select site.name, site.id from site where site.id = :after)
order by listed.name, listed.id
limit :limit
