//! Words and keys: both languages, one line each, short enough for where they stand.

use super::Faults;
use crate::domain::collect::look_for::Bilingual;
use crate::domain::plan::fault::Wrong;
use crate::domain::unseen::is_unseen;

/// The longest key, in characters.
pub const KEY_MAX: usize = 40;

/// How many characters words may have, in each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(pub usize);

impl Limit {
    /// The name of a change idea: a heading on a phone.
    pub const TITLE: Self = Self(60);
    /// The theory of action: a sentence above a chart.
    pub const THEORY: Self = Self(320);
    /// For whom it was written.
    pub const SCOPE: Self = Self(90);
    /// Where it comes from.
    pub const SOURCE: Self = Self(200);
    /// A driver.
    pub const DRIVER: Self = Self(120);
    /// A look-for: two lines on a phone.
    pub const LOOK_FOR: Self = Self(90);
    /// An anchor: a button of at most two lines.
    pub const ANCHOR: Self = Self(70);
    /// A choice: a button of one line, or two.
    pub const CHOICE: Self = Self(45);
    /// The two sides of a ratio, beside numbers.
    pub const SIDE: Self = Self(32);
    /// The prediction.
    pub const PREDICTION: Self = Self(360);
    /// A question to teachers.
    pub const QUESTION: Self = Self(90);
    /// What is measured.
    pub const OUTCOME: Self = Self(100);
}

/// Whether this is a key: small letters, digits and single hyphens, a letter first.
pub fn is_key(key: &str) -> bool {
    let plain = key
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let parts = key.split('-').all(|part| !part.is_empty());
    let letter = key.starts_with(|c: char| c.is_ascii_lowercase());
    plain && parts && letter && key.len() <= KEY_MAX
}

impl Faults {
    pub(super) fn key(&mut self, place: &str, key: &str) {
        self.require(is_key(key), place, Wrong::NotAKey);
    }

    /// Both languages, under `place`; the whole form's own words have no place of their own.
    pub(super) fn words(&mut self, place: &str, words: &Bilingual, limit: Limit) {
        for (tag, text) in [("en", &words.en), ("es", &words.es)] {
            let place = format!("{place}.{tag}");
            let chars = text.chars().count();
            let most = limit.0;
            self.require(!text.trim().is_empty(), &*place, Wrong::NoWords);
            self.require(chars <= most, &*place, Wrong::TooLong { chars, most });
            let plain = text.trim() == text && !text.chars().any(is_unseen);
            self.require(plain || text.trim().is_empty(), &*place, Wrong::NotOneLine);
        }
        // One word can be the same in both: "Total". A sentence cannot.
        let same = words.en == words.es && words.en.contains(' ');
        self.require(!same, format!("{place}.es"), Wrong::SameInBoth);
    }

    /// A theory of action says who does what, what students then do, and what for.
    pub(super) fn theory(&mut self, place: &str, words: &Bilingual) {
        let has = |text: &str, first: &str, others: &[&[&str]]| {
            let text = text.to_lowercase();
            let one_of = |of: &&[&str]| of.iter().any(|part| text.contains(part));
            text.starts_with(first) && others.iter().all(one_of)
        };
        let english = has(&words.en, "if ", &[&["student"], &["so that"]]);
        let spanish = has(
            &words.es,
            "si ",
            &[
                &["estudiante", "alumn"],
                &["para que", "de modo que", "de manera que"],
            ],
        );
        self.require(english, format!("{place}.en"), Wrong::NoTheory);
        self.require(spanish, format!("{place}.es"), Wrong::NoTheory);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("three-reads", true)]
    #[case::with_a_digit("grade-8", true)]
    #[case::empty("", false)]
    #[case::capitals("Three-reads", false)]
    #[case::a_space("three reads", false)]
    #[case::two_hyphens("three--reads", false)]
    #[case::a_hyphen_behind("three-", false)]
    #[case::a_digit_first("3-reads", false)]
    #[case::an_accent("lección", false)]
    #[case::an_underscore("three_reads", false)]
    #[case::long("a-key-that-goes-on-and-on-and-on-and-on-on", false)]
    fn a_key_is_kebab_case(#[case] key: &str, #[case] fine: bool) {
        assert_eq!(is_key(key), fine);
    }
}
