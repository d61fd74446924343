-- Devices, those heard of last first.
with listed as (
    select device.*, person.name
    from device
    join person on person.id = device.person
    where (device.ended_at_utc_ms is not null) = :ended
        and (
            :text is null
            or replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(person.name), 'á', 'a'), 'é', 'e'), 'í', 'i'), 'ó', 'o'), 'ú', 'u'), 'ñ', 'n'), 'ü', 'u'), 'Á', 'a'), 'É', 'e'), 'Í', 'i'), 'Ó', 'o'), 'Ú', 'u'), 'Ñ', 'n'), 'Ü', 'u') like :text escape '\'
        )
)
select listed.*, (select count(*) from listed) as all_lines
from listed
where :after is null
    or (listed.seen_at_utc_ms, listed.id) < (
        select device.seen_at_utc_ms, device.id from device where device.id = :after
    )
order by listed.seen_at_utc_ms desc, listed.id desc
limit :limit
