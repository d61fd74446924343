-- Documents that may still hold what was erased, of what could not be made again: all of an event whose
-- author was not told yet that its words are gone, and a person's with another name than they have now.
select document.audience, document.kind, document.id
from document
where document.about = ?1
    and document.body is not null
    and exists (
        select 1
        from event
        join erased on erased.id = event.id
        where event.about = ?1
            and event.words_sha256 is not null
            and not exists (
                select 1
                from document as told
                where told.about = ?1
                    and told.kind = 'erased'
                    and replace(told.id, '-', '') = lower(hex(event.id))
                    and told.body is not null
            )
    )
union
select document.audience, document.kind, document.id
from person
join erased on erased.id = person.named_by
join document on replace(document.id, '-', '') = lower(hex(person.id))
where ?1 = 'people'
    and document.about = ?1
    and document.kind = 'person'
    and json_extract(document.body, '$.body.name') is not person.name
