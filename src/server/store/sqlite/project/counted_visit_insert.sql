insert into counted_visit (
    walkthrough, form, form_version, site, teacher, observer, at_utc_ms, as_of
) values (
    :walkthrough, :form, :form_version, :site, :teacher, :observer, :at_utc_ms, :as_of
)
