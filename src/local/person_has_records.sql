select exists (select 1 from event)
    or exists (select 1 from draft)
    or (select last_number from self) > 0
