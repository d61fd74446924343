-- What an entry does now, with the names of sites.
select post.role, post.place, site.name as site_name
from post
left join site on post.place = 'site:' || lower(
    substr(hex(site.id), 1, 8) || '-' || substr(hex(site.id), 9, 4) || '-'
    || substr(hex(site.id), 13, 4) || '-' || substr(hex(site.id), 17, 4) || '-'
    || substr(hex(site.id), 21, 12)
)
where post.person = ?1 and post.until_utc_ms is null
order by post.id
