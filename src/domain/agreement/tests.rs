//! What an agreement says, what it may say, and which version holds.

use super::*;
use rstest::rstest;

#[test]
fn the_first_agreement_makes_sense() {
    assert_eq!(Agreement::first().check(), Ok(()));
}

fn document(change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> String {
    let agreement = Agreement {
        version: 2,
        from_utc_ms: 50,
        names: false,
        ..Agreement::first()
    };
    let mut body = serde_json::to_value(agreement).expect("it is JSON");
    change(body.as_object_mut().expect("it is an object"));
    serde_json::json!({"kind": "agreement", "body": body}).to_string()
}

/// What holds at 100 for a device that has version 1 and this one.
fn held(later: &str) -> Agreement {
    let first = serde_json::json!({"kind": "agreement", "body": Agreement::first()});
    Agreements::read(&[later, &first.to_string()], 100)
        .expect("there are two")
        .at(100)
        .clone()
}

#[test]
fn a_field_or_a_cell_of_a_later_version_leaves_the_rest_as_it_was_agreed() {
    let plain = held(&document(|_| ()));
    assert_eq!(
        (plain.version, plain.names, plain.read),
        (2, false, Reading::Whole)
    );
    let field = held(&document(|body| {
        body.insert("visits_a_week_max".into(), 2.into());
    }));
    let cells = held(&document(|body| {
        let cells = serde_json::json!([
            {"row": "voices", "from": "principal"},
            {"row": "support", "from": "principal", "until": "june"},
        ]);
        body.insert("withheld".into(), cells);
    }));
    for held in [&field, &cells] {
        assert_eq!(
            (held.version, held.names, held.read),
            (2, false, Reading::InPart)
        );
    }
    assert!(cells.withholds(Row::Support, Relation::Principal));
    let all = held(&document(|body| {
        let cells = serde_json::json!([{"row": "support", "from": "principal"}]);
        body.insert("withheld".into(), cells);
    }));
    assert_eq!(all.read, Reading::Whole);
}

#[rstest]
#[case::another_meaning(document(|body| { body.insert("names".into(), "initials".into()); }), 2)]
#[case::a_field_is_gone(document(|body| { body.remove("minutes_max"); }), 2)]
#[case::no_date(document(|body| { body.remove("from_utc_ms"); }), 2)]
#[case::no_json("agreed".into(), 0)]
fn a_version_that_cannot_be_read_puts_no_names_on_forms(
    #[case] later: String,
    #[case] version: u32,
) {
    let held = held(&later);
    assert_eq!(
        (held.version, held.names, held.read),
        (version, false, Reading::NotAtAll)
    );
}

#[test]
fn a_version_that_cannot_be_read_does_not_hold_before_its_day() {
    let later = document(|body| {
        body.insert("from_utc_ms".into(), 200.into());
        body.remove("minutes_max");
    });
    assert_eq!(held(&later), Agreement::first());
}

#[rstest]
#[case::too_far(MS_MAX + 1)]
#[case::too_long_ago(-MS_MAX - 1)]
fn a_date_that_some_programs_cannot_read_is_refused(#[case] from_utc_ms: i64) {
    let agreement = Agreement {
        from_utc_ms,
        ..Agreement::first()
    };
    assert!(matches!(
        agreement.check(),
        Err(Problem::Malformed { place, .. }) if place == "agreement.from_utc_ms"
    ));
}

#[rstest]
#[case::before_all(-5, 1)]
#[case::on_the_day(100, 2)]
#[case::after_two_of_one_date(300, 4)]
fn the_latest_whose_date_has_come_holds(#[case] at: i64, #[case] version: u32) {
    let version_from = |version, from_utc_ms| Agreement {
        version,
        from_utc_ms,
        ..Agreement::first()
    };
    let agreements = Agreements::of(vec![
        version_from(4, 200),
        version_from(2, 100),
        version_from(1, 0),
        version_from(3, 200),
    ]);
    assert_eq!(agreements.at(at).version, version);
}

#[rstest]
#[case::just_now(100, 100)]
#[case::before_the_summer(10, 10)]
#[case::tomorrow(101, 100)]
#[case::in_another_year(9_999, 100)]
#[case::the_year_1970(0, 100)]
#[case::no_clock_at_all(i64::MIN / DAY_MS, 100)]
fn a_clock_that_cannot_be_right_is_not_believed(#[case] at: i64, #[case] wanted: i64) {
    assert_eq!(day(at * DAY_MS, 100 * DAY_MS), wanted * DAY_MS);
}

#[rstest]
#[case::two(2, false)]
#[case::three(3, true)]
fn a_group_needs_notice(#[case] observers: u8, #[case] needed: bool) {
    assert_eq!(Agreement::first().needs_notice(observers), needed);
}

#[test]
fn a_teacher_is_told_what_a_visit_is_shown_by_and_how_long_words_are_kept_now() {
    let first = Agreement::first();
    let stricter = Agreement {
        version: 2,
        from_utc_ms: 100,
        names: false,
        words_kept_days: Some(30),
        ..Agreement::first()
    };
    let all = Agreements::of(vec![first.clone(), stricter.clone()]);
    let told = all.told_of(1, 200);
    assert_eq!((told.names, told.words_kept_days), (true, Some(30)));
    // Of what an earlier version made, what holds.
    assert_eq!(all.told_of(0, 200), stricter);
    assert_eq!(all.told_of(1, 50), first);
}

#[test]
fn a_closed_cell_closes_those_in_which_its_people_stand_too() {
    let cell = |row, from| Withheld { row, from };
    let agreement = Agreement {
        withheld: vec![cell(Row::BrightSpotPermitted, Relation::Principal)],
        ..Agreement::first()
    };
    let permitted = Row::BrightSpotPermitted;
    assert_eq!(
        agreement.closed(),
        [
            cell(permitted, Relation::Principal),
            cell(permitted, Relation::Colleague),
            cell(permitted, Relation::Other),
        ]
    );
    assert!(!agreement.withholds(permitted, Relation::Coach));
    assert!(!agreement.withholds(Row::Measures, Relation::Colleague));
}
