insert into counted_support (
    id, walkthrough, form, site, teacher, said_by, category, given, as_of
) values (
    :id, :walkthrough, :form, :site, :teacher, :said_by, :category, :given, :as_of
)
