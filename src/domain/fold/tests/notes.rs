//! What was written on look-fors.

use super::*;

#[test]
fn what_was_written_on_look_fors_is_with_the_visit_until_it_is_erased() {
    let mut visit = named();
    let look_for = LookForKey("heard".into());
    visit
        .said
        .insert(said::note_on(&look_for.0), "we drew it".into());
    let notes = BTreeMap::from([(look_for, "we drew it".to_owned())]);
    let told = story(&[visit.clone()]);
    assert_eq!((told.note.as_deref(), told.notes), (Some("note 0"), notes));
    visit.said.clear();
    let erased = story(&[visit]);
    assert_eq!((erased.note, erased.notes), (None, BTreeMap::new()));
}
