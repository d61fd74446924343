//! A file for each rule that breaks it, and the line that the author is shown.

use super::*;
use crate::domain::plan::fault::Shape;
use crate::text::Language;
use rstest::rstest;
use std::collections::HashSet;
use std::mem::discriminant;

/// A whole form that breaks nothing.
const WHOLE: &str = include_str!("../../../../tests/fixtures/forms/whole.toml");

fn broken(from: &str, to: &str) -> String {
    assert!(WHOLE.contains(from), "{from} is in the form");
    WHOLE.replacen(from, to, 1)
}

/// The number of the first line that holds this.
fn line_of(text: &str, what: &str) -> u32 {
    let before = text.lines().position(|line| line.contains(what));
    before.expect("the line is there") as u32 + 1
}

fn faults(text: &str) -> Vec<Located> {
    read(text).err().unwrap_or_default()
}

#[test]
fn a_whole_form_is_read_as_it_is_written() {
    let idea = read(WHOLE).expect("it breaks nothing").idea;
    assert_eq!(idea.form.form.key, "whole");
    assert_eq!(idea.form.look_fors.len(), 9);
    let kinds = idea.form.look_fors.iter().map(|one| &one.kind);
    let kinds: HashSet<_> = kinds.map(discriminant).collect();
    assert_eq!(kinds.len(), KindName::ALL.len(), "one of each kind");
    assert_eq!(idea.questions.last(), Some(&Question::common()));
    let json = serde_json::to_string(&idea).expect("it is JSON");
    assert_eq!(serde_json::from_str::<ChangeIdea>(&json).ok(), Some(idea));
}

#[test]
fn the_example_that_authors_begin_with_breaks_nothing() {
    let page = include_str!("../../../../docs/forms.md");
    let (_, rest) = page.split_once("```toml\n").expect("it has an example");
    let (example, _) = rest.split_once("```").expect("which ends");
    assert_eq!(faults(example), []);
}

#[test]
fn a_file_of_another_editor_is_read_too() {
    let crlf = format!("\u{feff}{}", WHOLE.replace('\n', "\r\n"));
    assert_eq!(
        read(&crlf).map(|read| read.idea).ok(),
        read(WHOLE).map(|read| read.idea).ok()
    );
    let broken = format!(
        "\u{feff}{}",
        broken("who = \"students\"", "who = \"pupils\"")
    );
    let crlf = broken.replace('\n', "\r\n");
    let line = |text: &str| faults(text).first().map(|one| (one.line, one.column));
    assert_eq!(line(&crlf), line(&broken));
}

fn known(names: &[&'static str]) -> Vec<&'static str> {
    names.to_vec()
}

fn values(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const LONG: &str = "en = \"This is a look-for that goes on for much longer than what fits on the screen of a phone in a hand\"";

#[rstest]
// The file.
#[case::a_name_that_nothing_asks_for("core = true", "cored = true", "cored", Wrong::UnknownName {
    name: "cored".into(), known: known(&["core", "en", "es", "key", "kind", "when", "choices", "who"]) })]
#[case::no_key("key = \"whole\"", "", "# A whole form", Wrong::Missing { name: "key" })]
#[case::no_version("version = 1", "", "# A whole form", Wrong::Missing { name: "version" })]
#[case::no_spanish("es = \"Alguien cuenta\"", "", "[[look_for]] # counted", Wrong::Missing { name: "es" })]
#[case::no_kind("kind = \"timer\"", "", "[[look_for]] # timed", Wrong::Missing { name: "kind" })]
#[case::a_number_in_quotes(
    "version = 1",
    "version = \"1\"",
    "version",
    Wrong::NotA(Shape::Number)
)]
#[case::yes_in_quotes("core = true", "core = \"yes\"", "\"yes\"", Wrong::NotA(Shape::YesNo))]
#[case::text_without_quotes("key = \"counted\"", "key = 5", "key = 5", Wrong::NotA(Shape::Text))]
#[case::one_where_a_list_is(
    "is = [\"none\"]",
    "is = \"none\"",
    "is = \"none\"",
    Wrong::NotA(Shape::List)
)]
#[case::a_text_where_words_are(
    "of = { en = \"asked\", es = \"consultados\" }",
    "of = \"asked\"",
    "of = \"asked\"",
    Wrong::NotA(Shape::Group)
)]
#[case::an_unknown_kind("kind = \"timer\"", "kind = \"clock\"", "clock", Wrong::NotOneOf {
    known: known(&["states", "level", "counter", "timer", "ratio", "seats", "one", "many", "note"]) })]
#[case::pupils("who = \"students\"", "who = \"pupils\"", "pupils", Wrong::NotOneOf { known: known(&["adults", "students"]) })]
// Words and keys.
#[case::a_key_in_capitals("key = \"counted\"", "key = \"Counted\"", "Counted", Wrong::NotAKey)]
#[case::a_key_twice(
    "key = \"timed\"",
    "key = \"counted\" # again",
    "# again",
    Wrong::KeyTwice
)]
#[case::a_question_with_the_key_of_a_look_for(
    "key = \"worth-it\"",
    "key = \"timed\" # asked",
    "# asked",
    Wrong::KeyTwice
)]
#[case::the_common_question(
    "key = \"worth-it\"",
    "key = \"lessons-used\"",
    "lessons-used",
    Wrong::KeyTwice
)]
#[case::no_words("en = \"Somebody counts\"", "en = \" \"", "en = \" \"", Wrong::NoWords)]
#[case::too_long("en = \"Somebody counts\"", LONG, "This is a look-for", Wrong::TooLong { chars: 97, most: 90 })]
#[case::a_space_behind(
    "en = \"Somebody counts\"",
    "en = \"Somebody counts \"",
    "counts \"",
    Wrong::NotOneLine
)]
#[case::two_lines(
    "en = \"Somebody counts\"",
    "en = \"Somebody\\ncounts\"",
    "\\n",
    Wrong::NotOneLine
)]
#[case::the_same_in_both(
    "es = \"Alguien cuenta\"",
    "es = \"Somebody counts\"",
    "es = \"Somebody counts\"",
    Wrong::SameInBoth
)]
#[case::no_theory(
    "theory.en = \"If we",
    "theory.en = \"We",
    "theory.en",
    Wrong::NoTheory
)]
#[case::no_theory_in_spanish("de modo que", "y", "theory.es", Wrong::NoTheory)]
// The form as a whole.
#[case::a_core_that_is_too_large("kind = \"seats\"", "kind = \"seats\"\ncore = true", "[[look_for]] # first", Wrong::CoreSize { found: 7 })]
#[case::two_timers(
    "kind = \"counter\"",
    "kind = \"timer\"",
    "[[look_for]] # first",
    Wrong::CoreTimers
)]
#[case::no_level(
    "kind = \"level\"",
    "kind = \"note\" # was a level",
    "[[look_for]] # first",
    Wrong::NoLevel
)]
#[case::seats_not_asked("seats = true", "seats = false", "seats = false", Wrong::SeatsNotAsked)]
#[case::seats_for_nothing(
    "kind = \"seats\"",
    "kind = \"states\"",
    "seats = true",
    Wrong::SeatsForNothing
)]
// One look-for.
#[case::one_anchor("  { en = \"Nobody does\", es = \"Nadie lo hace\" },\n", "", "anchors = [", Wrong::HowMany { found: 1, least: 2, most: 5 })]
#[case::one_choice("  { key = \"pens\", en = \"Pens\", es = \"Lápices\" },\n", "", "# any", Wrong::HowMany { found: 1, least: 2, most: 9 })]
#[case::a_choice_twice("key = \"seldom\"", "key = \"often\"", "\"Seldom\"", Wrong::KeyTwice)]
#[case::two_apart(
    "es = \"Rara vez\" }",
    "es = \"Rara vez\", apart = true }",
    "choices = [",
    Wrong::ApartTwice
)]
#[case::a_ratio_of_too_many("most = 10", "most = 90", "most = 90", Wrong::OutOfRange { least: 1, most: 60 })]
#[case::a_rule_about_nothing(
    "look_for = \"often\", is",
    "look_for = \"nowhere\", is",
    "nowhere",
    Wrong::NoSuchLookFor
)]
#[case::a_rule_about_what_comes_later(
    "look_for = \"often\", is",
    "look_for = \"timed\", is",
    "is = [\"none\"]",
    Wrong::NotBefore
)]
#[case::a_rule_about_a_value_that_is_none("is = [\"none\"]", "is = [\"nothing\"]", "nothing", Wrong::NoSuchValue {
    known: values(&["often", "seldom", "none", "not_the_moment"]) })]
#[case::a_rule_about_the_number_of_a_choice(
    "is = [\"none\"]",
    "at_least = 1",
    "at_least",
    Wrong::NoNumber
)]
#[case::a_rule_without_a_condition(", is = [\"none\"]", "", "when =", Wrong::Missing { name: "is" })]
// The dose.
#[case::no_dose("[dose]", "[doses]", "# A whole form", Wrong::Missing { name: "dose" })]
#[case::a_dose_of_nothing(
    "look_for = \"often\"\n",
    "look_for = \"nowhere\"\n",
    "look_for = \"nowhere\"",
    Wrong::NoSuchLookFor
)]
#[case::a_dose_of_a_number(
    "look_for = \"often\"\n",
    "look_for = \"counted\" # dose\n",
    "# dose",
    Wrong::DoseKind
)]
#[case::a_dose_for_group_walks(
    "look_for = \"often\"\n",
    "look_for = \"any\"\n",
    "look_for = \"any\"",
    Wrong::DoseNotInCore
)]
#[case::a_value_in_no_list("in_use = [\"often\", \"seldom\"]", "in_use = [\"often\"]", "[dose]", Wrong::DoseMissing { value: "seldom".into() })]
#[case::a_value_in_two_lists("outside = []", "outside = [\"often\"]", "outside", Wrong::DoseTwice)]
#[case::an_unknown_value("outside = []", "outside = [\"always\"]", "outside", Wrong::NoSuchValue {
    known: values(&["often", "seldom", "none"]) })]
#[case::not_the_moment_in_use(
    "in_use = [\"often\"",
    "in_use = [\"not_the_moment\", \"often\"",
    "in_use",
    Wrong::DoseMoment
)]
#[case::nothing_in_use("in_use = [\"often\", \"seldom\"]", "in_use = []", "in_use", Wrong::HowMany { found: 0, least: 1, most: 3 })]
// Measures.
#[case::a_claim_about_nothing(
    "measure = \"counted\"",
    "measure = \"nowhere\"",
    "measure = \"nowhere\"",
    Wrong::NoSuchMeasure
)]
#[case::a_claim_about_others("shows = \"students\" # claimed", "shows = \"adults\" # claimed", "# claimed", Wrong::OtherComponent { shown: Component::Students })]
#[case::to_and_by("to = 4", "to = 4\nby = 2", "[[prediction.claim]]", Wrong::ToOrBy)]
#[case::neither_to_nor_by("to = 4", "", "[[prediction.claim]]", Wrong::ToOrBy)]
#[case::points_to(
    "unit = \"times\"",
    "unit = \"points\"",
    "unit = \"points\"",
    Wrong::UnitFits
)]
#[case::more_than_all("to = 4\nunit = \"times\"", "to = 101\nunit = \"percent\"", "to = 101", Wrong::OutOfRange { least: 0, most: 100 })]
#[case::in_no_week("by_week = 4", "by_week = 0", "by_week = 0", Wrong::OutOfRange { least: 1, most: 40 })]
#[case::no_primary_outcome("\"counted\", \"marks\"", "\"counted\"", "primary", Wrong::NoPrimary { of: Component::Outcome })]
#[case::a_primary_of_nothing(
    "\"counted\", \"marks\"",
    "\"counted\", \"marks\", \"nowhere\"",
    "primary",
    Wrong::NoSuchMeasure
)]
#[case::no_achievement(
    "source = \"achievement\"",
    "source = \"interview\"",
    "[[outcome]]",
    Wrong::NoAchievement
)]
#[case::an_outcome_that_is_seen(
    "source = \"exit_slip\"",
    "source = \"observation\"",
    "observation",
    Wrong::SourceElsewhere
)]
fn a_file_that_breaks_a_rule_is_shown_its_line(
    #[case] from: &str,
    #[case] to: &str,
    #[case] at: &str,
    #[case] wrong: Wrong,
) {
    let text = broken(from, to);
    let found = faults(&text);
    let same = |wrong: &Wrong, other: &Wrong| match (wrong, other) {
        (Wrong::UnknownName { name, .. }, Wrong::UnknownName { name: other, .. }) => name == other,
        _ => wrong == other,
    };
    let one = found.iter().find(|one| same(&one.fault.wrong, &wrong));
    let line = one.map(|one| one.line);
    assert_eq!(line, Some(line_of(&text, at)), "{wrong:?} of {found:#?}");
}

#[test]
fn the_core_has_two_counters_at_most_and_somebody_looks_at_students() {
    let counters = broken("kind = \"timer\"", "kind = \"counter\"").replacen(
        "kind = \"states\"",
        "kind = \"counter\"",
        1,
    );
    let adults = WHOLE.replace("who = \"students\"", "who = \"adults\"");
    for (text, wrong) in [
        (counters, Wrong::CoreCounters),
        (adults, Wrong::NoStudentsInCore),
    ] {
        let found = faults(&text);
        let one = found.iter().find(|one| one.fault.wrong == wrong);
        assert_eq!(
            one.map(|one| one.line),
            Some(line_of(&text, "# first")),
            "{found:?}"
        );
    }
}

#[rstest]
#[case::an_open_quotation_mark(
    "en = \"Somebody counts\"",
    "en = \"Somebody counts",
    "Somebody counts"
)]
#[case::an_open_bracket("anchors = [", "anchors = ", "anchors = ")]
#[case::no_equals_sign("version = 1", "version 1", "version 1")]
#[case::a_name_twice("version = 1", "version = 1\nversion = 1", "version = 1\n")]
fn what_is_no_toml_is_shown_its_line(#[case] from: &str, #[case] to: &str, #[case] at: &str) {
    let text = broken(from, to);
    let found = faults(&text);
    let first = found.first().expect("it cannot be read");
    assert!(
        matches!(first.fault.wrong, Wrong::Syntax { .. }),
        "{first:?}"
    );
    let line = line_of(&text, at.trim());
    assert!((line..=line + 1).contains(&first.line), "{first:?}");
}

#[test]
fn all_that_is_wrong_is_said_at_once_and_each_thing_once() {
    let text = broken("key = \"counted\"", "key = \"Counted\"")
        .replacen("kind = \"timer\"", "kind = \"clock\"", 1)
        .replacen("es = \"Alguien cuenta\"", "", 1)
        .replacen("by_week = 4", "by_week = 0", 1)
        .replacen("measure = \"counted\"", "measure = \"Counted\"", 1)
        .replacen("look_for = \"counted\"", "look_for = \"Counted\"", 1)
        .replacen("\"counted\", \"marks\"", "\"Counted\", \"marks\"", 1);
    let found = faults(&text);
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(found.is_sorted_by_key(|one| (one.line, one.column)));
}

#[test]
fn a_fault_is_said_in_both_languages_and_never_the_same() {
    let text = broken("kind = \"timer\"", "kind = \"clock\"");
    for fault in faults(&text) {
        let english = Language::English.form_fault(&fault.fault.wrong);
        assert_ne!(english, Language::Spanish.form_fault(&fault.fault.wrong));
        assert!(english.contains("counter, timer"), "{english}");
    }
}

#[test]
fn a_file_in_which_everything_is_of_another_type_is_refused_and_not_more() {
    for odd in [
        "1",
        "\"x\"",
        "true",
        "[1, \"x\", {}]",
        "{ x = 1 }",
        "1979-05-27",
    ] {
        for name in [
            "key",
            "version",
            "title",
            "look_for",
            "dose",
            "prediction",
            "question",
        ] {
            let text = format!("{name} = {odd}\n");
            assert!(!faults(&text).is_empty(), "{text}");
        }
    }
}
