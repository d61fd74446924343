insert into event (number, id, kind, at_utc_ms, offset_min, sha256, body, words)
values (:number, :id, :kind, :at_utc_ms, :offset_min, :sha256, :body, :words)
