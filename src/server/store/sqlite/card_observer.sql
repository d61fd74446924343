-- A person as the reader's own feed names them: made for the reader, for everybody, or for a site where
-- the reader works now.
select body
from document
where kind = 'person' and id = :person and body is not null and audience in (
    :reader, 'everyone',
    (select place from post where person = :reader_id and place = :site and until_utc_ms is null)
)
limit 1
