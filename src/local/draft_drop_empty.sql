delete from draft
where number is null
    and id <> ?1
    and not exists (select 1 from tap where tap.draft = draft.id)
