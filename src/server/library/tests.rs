//! What may change between two versions of a file; and that no file makes the reader fail.

use super::*;
use crate::domain::plan::fault::Wrong;
use crate::domain::plan::versions::breaks;
use crate::text::Language;
use proptest::prelude::*;
use rstest::rstest;

const WHOLE: &str = include_str!("../../../tests/fixtures/forms/whole.toml");

fn broken_by(from: &str, to: &str) -> Vec<Wrong> {
    assert!(WHOLE.contains(from), "{from} is in the form");
    let idea = |text: &str| read(text).expect("it breaks no rule of a form").idea;
    let newer = idea(&WHOLE.replacen(from, to, 1));
    let breaks = breaks(&idea(WHOLE), &newer);
    breaks.into_iter().map(|fault| fault.wrong).collect()
}

#[rstest]
#[case::another_kind("kind = \"timer\"", "kind = \"note\"", &[Wrong::KindChanged])]
#[case::another_component("who = \"students\"", "who = \"adults\"", &[Wrong::ComponentChanged])]
#[case::one_more_anchor(
    "  { en = \"Nobody does\"",
    "  { en = \"We cannot say\", es = \"No sabemos\" },\n  { en = \"Nobody does\"",
    &[Wrong::AnchorsChanged { before: 2 }]
)]
#[case::another_answer("answer = \"hours\"", "answer = \"agree\"", &[Wrong::KindChanged])]
#[case::a_question_turned("reverse = true", "", &[Wrong::KindChanged])]
#[case::another_source("source = \"exit_slip\"", "source = \"interview\"", &[Wrong::KindChanged])]
#[case::another_way_to_count("counted_as = \"share\"", "counted_as = \"mean\"", &[Wrong::KindChanged])]
#[case::other_words("en = \"Somebody counts\"", "en = \"Anybody counts\"", &[])]
#[case::another_choice("{ key = \"pens\", en = \"Pens\"", "{ key = \"chalk\", en = \"Chalk\"", &[])]
#[case::another_key("key = \"noted\"", "key = \"quoted\"", &[])]
#[case::out_of_the_core("core = true\nkind = \"level\"", "kind = \"level\"", &[])]
#[case::another_limit("most = 10", "most = 20", &[])]
fn a_key_keeps_its_meaning_and_nothing_else_has_to(
    #[case] from: &str,
    #[case] to: &str,
    #[case] wrong: &[Wrong],
) {
    // A claim names the component of its measure too.
    let found = match from {
        "who = \"students\"" => {
            let rest = "kind = \"note\"";
            broken_by(&format!("{from}\n{rest}"), &format!("{to}\n{rest}"))
        }
        _ => broken_by(from, to),
    };
    assert_eq!(found, wrong);
}

/// The file without all parts that begin with this header.
fn without(header: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in WHOLE.lines() {
        if line.starts_with('[') {
            inside = line.starts_with(header);
        }
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[rstest]
#[case::no_look_fors("[[look_for]]", Wrong::HowMany { found: 0, least: 4, most: 12 })]
#[case::no_claims("[[prediction.claim]]", Wrong::HowMany { found: 0, least: 1, most: 5 })]
#[case::no_questions("[[question]]", Wrong::HowMany { found: 0, least: 1, most: 6 })]
#[case::no_outcomes("[[outcome]]", Wrong::NoAchievement)]
#[case::no_prediction("[prediction]", Wrong::Missing { name: "en" })]
fn a_form_has_all_its_parts(#[case] header: &str, #[case] wrong: Wrong) {
    let found = read(&without(header)).err().unwrap_or_default();
    let there = found.iter().any(|one| one.fault.wrong == wrong);
    assert!(there, "{wrong:?} is not in {found:#?}");
}

#[test]
fn rules_in_rules_end_somewhere() {
    let rule = "{ look_for = \"often\", is = [\"none\"] }";
    let deep = |times: usize| {
        let (open, close) = ("{ not = ".repeat(times), " }".repeat(times));
        WHOLE.replacen(
            &format!("{{ not = {rule} }}"),
            &format!("{open}{rule}{close}"),
            1,
        )
    };
    assert!(read(&deep(3)).is_ok());
    for times in [4, 60, 5_000] {
        let found = read(&deep(times)).err().unwrap_or_default();
        assert!(!found.is_empty(), "{times}");
    }
}

/// A file that was cut, or in which something was taken out, doubled, or replaced by something odd.
fn spoiled() -> impl Strategy<Value = String> {
    let lines: Vec<String> = WHOLE.lines().map(str::to_owned).collect();
    let odd = prop_oneof![
        Just(String::new()),
        "\\PC{0,30}",
        "(key|kind|when|choices|en) = (1|true|\"x\"|\\[\\]|\\{\\}|\\[\\[\\{\\}\\]\\]|1979-05-27)",
        "\\[{1,2}(look_for|dose|prediction|question\\.x|title)\\]{1,2}",
    ];
    let change = (any::<prop::sample::Index>(), odd, any::<bool>());
    prop::collection::vec(change, 1..6).prop_map(move |changes| {
        let mut lines = lines.clone();
        for (at, odd, replaces) in changes {
            let at = at.index(lines.len());
            if replaces {
                lines.remove(at);
            }
            lines.insert(at, odd);
        }
        lines.join("\n")
    })
}

proptest! {
    #[test]
    fn whatever_a_file_holds_it_is_read_or_told_by_its_lines(text in spoiled()) {
        let lines = text.lines().count() as u32;
        if let Err(faults) = read(&text) {
            prop_assert!(!faults.is_empty());
            for one in faults {
                prop_assert!((1..=lines + 1).contains(&one.line), "{one:?}");
                prop_assert!(one.column >= 1);
                prop_assert!(!Language::Spanish.form_fault(&one.fault.wrong).is_empty());
            }
        }
    }

    #[test]
    fn any_text_at_all_is_no_reason_to_fail(text in "\\PC*") {
        prop_assert!(read(&text).is_err());
    }
}
