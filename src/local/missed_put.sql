insert or ignore into missed (audience, id, at_utc_ms, at_offset_min, site, class, teacher)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
