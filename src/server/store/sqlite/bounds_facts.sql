-- How many facts of a group each author has said about a thing.
select event.author, count(*) as facts
from heard as event
left join office on office.device = event.device
where event.about = ?1
    and ?2 = case
        when office.device is not null then 'on_card'
        when event.kind in ('permission_refused', 'permission_withdrawn', 'welcome_withdrawn')
            then 'taken_back'
        else 'said'
    end
group by event.author
