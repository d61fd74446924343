update invitation_mail
set given_up = 'it was made for less'
where person = ?1
    and made_at_utc_ms <= ?2
    and sent_at_utc_ms is null
    and given_up is null
