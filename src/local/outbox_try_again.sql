update event
set set_aside = null
where number between ?1 and coalesce((select last_number from draft where draft.number = ?1), ?1)
