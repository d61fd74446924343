-- What an entry does now, with the names of sites and of change ideas.
select post.role, post.place, site.name as site_name,
    json_extract(form.form, '$.title.en') as title_en,
    json_extract(form.form, '$.title.es') as title_es
from post
left join site on post.place = 'site:' || lower(
    substr(hex(site.id), 1, 8) || '-' || substr(hex(site.id), 9, 4) || '-'
    || substr(hex(site.id), 13, 4) || '-' || substr(hex(site.id), 17, 4) || '-'
    || substr(hex(site.id), 21, 12)
)
left join idea on post.place = 'idea:' || idea.key
left join form on post.place = 'idea:' || form.key and form.version = ifnull(
    idea.form_version, (select max(version) from form as newest where newest.key = form.key)
)
where post.person = ?1 and post.until_utc_ms is null
order by post.id
