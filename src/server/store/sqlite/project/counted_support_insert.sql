insert into counted_support (id, walkthrough, form, site, teacher, category, given, as_of)
values (:id, :walkthrough, :form, :site, :teacher, :category, :given, :as_of)
