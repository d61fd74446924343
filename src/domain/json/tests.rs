use super::*;
use crate::domain::document::Audience;
use crate::domain::problem::Problem;
use proptest::prelude::*;
use rstest::rstest;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A type of every shape that our messages and documents have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Shapes {
    flag: bool,
    small: u8,
    signed: i64,
    large: u64,
    part: f64,
    letter: char,
    text: String,
    nothing: (),
    newtype: Newtype,
    pair: (u16, String),
    list: Vec<Shape>,
    maybe: Option<Box<Shape>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_out: Option<i32>,
    by_name: BTreeMap<String, u32>,
    result: Result<u32, Problem>,
    #[serde(flatten)]
    beside: Beside,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Newtype(u32);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Beside {
    beside: i32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Unit,
    One(u32),
    Two(u32, String),
    Fields { a: i8, b: Option<String> },
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Unit),
        any::<u32>().prop_map(Shape::One),
        (any::<u32>(), ".*").prop_map(|(one, two)| Shape::Two(one, two)),
        (any::<i8>(), prop::option::of(".*")).prop_map(|(a, b)| Shape::Fields { a, b }),
    ]
}

fn result() -> impl Strategy<Value = Result<u32, Problem>> {
    prop_oneof![
        any::<u32>().prop_map(Ok),
        Just(Err(Problem::StoreFull)),
        (any::<u32>(), any::<u32>())
            .prop_map(|(expected, got)| Err(Problem::OutOfOrder { expected, got })),
        ".*".prop_map(|detail| Err(Problem::StoreFailed { detail })),
    ]
}

prop_compose! {
    fn shapes()(
        (flag, small, signed, large, part) in any::<(bool, u8, i64, u64, i32)>(),
        (letter, text, newtype, pair) in (any::<char>(), ".*", any::<u32>(), (any::<u16>(), ".*")),
        list in prop::collection::vec(shape(), 0..4),
        maybe in prop::option::of(shape().prop_map(Box::new)),
        left_out in any::<Option<i32>>(),
        by_name in prop::collection::btree_map(".*", any::<u32>(), 0..4),
        result in result(),
        beside in any::<i32>(),
    ) -> Shapes {
        Shapes {
            flag, small, signed, large, part: f64::from(part) / 4.0, letter, text, nothing: (),
            newtype: Newtype(newtype), pair, list, maybe, left_out, by_name, result,
            beside: Beside { beside },
        }
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read_as_serde_json_reads_it(shapes in shapes()) {
        let text = serde_json::to_string(&shapes).expect("it is JSON");
        prop_assert_eq!(serde_json::from_str::<Shapes>(&text).ok(), Some(shapes.clone()));
        prop_assert_eq!(read::<Shapes>(&text), Ok(shapes));
    }

    #[test]
    fn a_text_of_another_form_is_refused_where_serde_json_refuses_it(
        text in r#"(\{"(One|Unit|Fields|Two|a)":)?(null|-?[0-9]{1,12}|"[a-z]?"|true|\[1,"x"\]|\{"a":3\}|"Unit")\}?"#,
    ) {
        // Fields without their names are nothing that we write.
        prop_assume!(!text.contains(r#""Fields":["#));
        prop_assert_eq!(read::<Shape>(&text).ok(), serde_json::from_str::<Shape>(&text).ok());
        prop_assert_eq!(read::<u8>(&text).ok(), serde_json::from_str::<u8>(&text).ok());
        prop_assert_eq!(read::<Problem>(&text).ok(), serde_json::from_str::<Problem>(&text).ok());
        prop_assert_eq!(read::<(u8, String)>(&text).ok(), serde_json::from_str::<(u8, String)>(&text).ok());
    }
}

#[rstest]
#[case::not_json("{")]
#[case::two_values("{} {}")]
#[case::another_type("[]")]
#[case::a_missing_field(r#"{"one":1}"#)]
#[case::a_number_too_large(r#"{"one":1,"two":256}"#)]
#[case::a_negative_number(r#"{"one":1,"two":-1}"#)]
#[case::a_text_for_a_number(r#"{"one":"1","two":2}"#)]
fn what_does_not_fit_is_unreadable(#[case] text: &str) {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Two {
        one: u8,
        two: u8,
    }
    assert_eq!(read::<Two>(text), Err(Unreadable));
    assert_eq!(
        read(r#"{"two":2,"three":[{}],"one":1}"#),
        Ok(Two { one: 1, two: 2 })
    );
}

#[test]
fn a_field_that_comes_twice_counts_as_it_came_last() {
    assert_eq!(read(r#"{"beside":1,"beside":2}"#), Ok(Beside { beside: 2 }));
}

#[test]
fn fields_without_their_names_are_refused() {
    assert_eq!(read::<Beside>("[1]"), Err(Unreadable));
}

#[test]
fn keys_that_are_read_as_texts_are_keys() {
    let cursors = BTreeMap::from([(Audience::Everyone, 5_u64)]);
    let text = serde_json::to_string(&cursors).expect("it is JSON");
    assert_eq!(read(&text), Ok(cursors));
}

#[test]
fn a_problem_of_a_later_version_is_still_read() {
    let later = r#"{"code":"moon_in_the_way","phase":3}"#;
    assert_eq!(read(later), Ok(Problem::Unheard));
}
