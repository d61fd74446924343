insert into event (
    id, device, number, author, kind, schema, at_utc_ms, offset_min,
    sha256, body, words_sha256, received_at_utc_ms, about
) values (
    :id, :device, :number, :author, :kind, :schema, :at_utc_ms, :offset_min,
    :sha256, :body, :words_sha256, :received_at_utc_ms, :about
)
on conflict do nothing
