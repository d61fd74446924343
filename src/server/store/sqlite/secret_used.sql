update secret
-- From the first time on: said again and again it does not live longer.
set used_at_utc_ms = ifnull(used_at_utc_ms, :now_utc_ms), used_by = :device
where sha256 = :sha256
