-- Classes of a site, the newest school year first; those that are over stand last.
with listed as (
    select class.*, class.ended_at_utc_ms is not null as ended
    from class
    where class.site = :site
)
select listed.*, (select count(*) from listed) as all_lines
from listed
where :after is null
    or (listed.ended, -listed.school_year, listed.title, listed.id) > (
        select class.ended_at_utc_ms is not null, -class.school_year, class.title, class.id
        from class
        where class.id = :after
    )
order by listed.ended, -listed.school_year, listed.title, listed.id
limit :limit
