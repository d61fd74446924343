select
    coalesce((select feed from feed), 0) as feed,
    coalesce((select max(number) from document), 0) as number
