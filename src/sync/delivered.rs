//! What an answer to a pull or to a sign-in means. Pure: the caller does the travelling.
//!
//! As with receipts, only an answer of our own protocol counts. A pull that is not understood is asked
//! again; nothing of it is taken.

use super::judge::{Heard, read, refusal};
use super::office::OfficeDoor;
use super::protocol::{Claimed, Pull, Pulled, SignInCode, SignedIn};
use crate::domain::event::NUMBER_MAX;
use crate::domain::problem::Problem;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// What a pull came to.
#[derive(Debug)]
pub enum Delivered {
    /// This is new.
    Pulled(Pulled),
    /// Not known; ask again later.
    TryLater,
    /// The server does not know the device's token.
    SignInAgain,
    /// The server speaks another version of the protocol.
    OtherVersion,
}

/// Decides what `heard` means for a `pull`.
pub fn delivered(pull: &Pull, heard: &Heard) -> Delivered {
    let Heard::Answer(status, body) = heard else {
        return Delivered::TryLater;
    };
    if *status == 200 {
        return match pulled(body) {
            Some(pulled) if makes_sense(pull, &pulled) => Delivered::Pulled(pulled),
            _ => Delivered::TryLater,
        };
    }
    match refusal(*status, body) {
        Some(Problem::NotSignedIn) => Delivered::SignInAgain,
        Some(Problem::ProtocolVersion { .. }) => Delivered::OtherVersion,
        _ => Delivered::TryLater,
    }
}

/// What was pulled. Its documents stay text, which [`read`] does not leave as it stands. It is read as text, as
/// everything is that the device reads: a reader of bytes besides would be carried to every tablet.
fn pulled(body: &[u8]) -> Option<Pulled> {
    serde_json::from_str(std::str::from_utf8(body).ok()?).ok()
}

/// Whether an answer can be taken: numbers that can be kept, no audience twice, no cursor that goes back
/// within a feed, no change without a name, and progress if there is more.
fn makes_sense(pull: &Pull, pulled: &Pulled) -> bool {
    let same_feed = pull.feed == Some(pulled.feed);
    let had = |portion: &super::protocol::Portion| {
        let cursor = pull.cursors.get(&portion.audience).copied();
        cursor.filter(|_| same_feed).unwrap_or(0)
    };
    let mut named = BTreeSet::new();
    named.extend(pulled.portions.iter().map(|portion| &portion.audience));
    named.extend(&pulled.lost);
    let once = named.len() == pulled.portions.len() + pulled.lost.len();
    let forward = pulled
        .portions
        .iter()
        .all(|portion| (had(portion)..=NUMBER_MAX).contains(&portion.cursor));
    let changes = || pulled.portions.iter().flat_map(|portion| &portion.changes);
    let names = changes().all(|change| !change.name.kind.is_empty() && !change.name.id.is_empty());
    // An answer that only says "there is more" would be asked for without an end.
    let progress = !same_feed
        || !pulled.lost.is_empty()
        || pulled.portions.iter().any(|portion| {
            portion.cursor > had(portion) || !pull.cursors.contains_key(&portion.audience)
        });
    pulled.feed <= NUMBER_MAX && once && forward && names && (progress || !pulled.more)
}

/// What a sign-in came to.
///
/// # Errors
/// [`Problem::NoAnswer`] when nothing of ours came back, else what the server refused.
pub fn signed_in(heard: &Heard) -> Result<SignedIn, Problem> {
    answered(heard)
}

/// The code that was asked for.
///
/// # Errors
/// [`Problem::NoAnswer`] when nothing of ours came back, else what the server refused.
pub fn code(heard: &Heard) -> Result<SignInCode, Problem> {
    answered(heard)
}

/// The visit that was taken with a code.
///
/// # Errors
/// [`Problem::NoAnswer`] when nothing of ours came back, else what the server refused.
pub fn claimed(heard: &Heard) -> Result<Claimed, Problem> {
    answered(heard)
}

/// The way into the pages of the office.
///
/// # Errors
/// [`Problem::NoAnswer`] when nothing of ours came back, else what the server refused.
pub fn office_door(heard: &Heard) -> Result<OfficeDoor, Problem> {
    answered(heard)
}

fn answered<T: DeserializeOwned>(heard: &Heard) -> Result<T, Problem> {
    match heard {
        Heard::Nothing => Err(Problem::NoAnswer),
        Heard::Answer(200 | 201, body) => read(body).ok_or(Problem::NoAnswer),
        Heard::Answer(status, body) => Err(refusal(*status, body).unwrap_or(Problem::NoAnswer)),
    }
}

/// What is sent for what a person typed or pasted: the secret of a link, which follows `#` and is taken as
/// it stands, or a code of eight characters, whose letters, spaces and hyphens people write as they like.
pub fn secret_typed(text: &str) -> String {
    /// The length of a typed code.
    const CODE: usize = 8;
    let text = text.trim();
    if let Some((_, secret)) = text.split_once('#') {
        return secret.to_owned();
    }
    let code: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        })
        .collect();
    if code.chars().count() == CODE {
        code
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Audience;
    use crate::sync::protocol::{Failure, PROTOCOL};
    use rstest::rstest;
    use std::collections::BTreeMap;

    fn pull() -> Pull {
        Pull {
            protocol: PROTOCOL,
            feed: Some(7),
            cursors: BTreeMap::from([(Audience::Everyone, 5)]),
        }
    }

    fn heard(status: u16, body: &str) -> Heard {
        Heard::Answer(status, body.as_bytes().to_vec())
    }

    #[rstest]
    #[case::nothing_new(r#"{"feed":7,"portions":[{"audience":"everyone","cursor":5,"changes":[]}],"lost":[],"more":false}"#)]
    #[case::another_feed_begins_anew(r#"{"feed":8,"portions":[{"audience":"everyone","cursor":1,"changes":[]}],"lost":[],"more":true}"#)]
    #[case::a_kind_that_is_not_known(r#"{"feed":7,"portions":[{"audience":"everyone","cursor":6,"changes":[{"name":{"kind":"comet","id":"1"},"document":{"kind":"comet","body":{}}}]}],"lost":[],"more":true}"#)]
    fn an_answer_of_ours_is_taken(#[case] body: &str) {
        assert!(matches!(
            delivered(&pull(), &heard(200, body)),
            Delivered::Pulled(_)
        ));
    }

    #[rstest]
    #[case::portal("<html>Welcome to FreeWifi")]
    #[case::empty("")]
    #[case::cursor_goes_back(r#"{"feed":7,"portions":[{"audience":"everyone","cursor":4,"changes":[]}],"lost":[],"more":false}"#)]
    #[case::held_and_lost_at_once(r#"{"feed":7,"portions":[{"audience":"everyone","cursor":6,"changes":[]}],"lost":["everyone"],"more":false}"#)]
    #[case::number_that_cannot_be_kept(r#"{"feed":7,"portions":[{"audience":"everyone","cursor":18446744073709551615,"changes":[]}],"lost":[],"more":false}"#)]
    #[case::more_without_an_end(r#"{"feed":7,"portions":[{"audience":"everyone","cursor":5,"changes":[]}],"lost":[],"more":true}"#)]
    #[case::no_name(r#"{"feed":7,"portions":[{"audience":"everyone","cursor":6,"changes":[{"name":{"kind":"","id":"1"},"document":null}]}],"lost":[],"more":false}"#)]
    fn what_makes_no_sense_is_asked_again(#[case] body: &str) {
        assert!(matches!(
            delivered(&pull(), &heard(200, body)),
            Delivered::TryLater
        ));
    }

    #[test]
    fn only_our_own_401_ends_a_sign_in() {
        let failure = serde_json::to_string(&Failure {
            problem: Problem::NotSignedIn,
        })
        .expect("it is JSON");
        assert!(matches!(
            delivered(&pull(), &heard(401, &failure)),
            Delivered::SignInAgain
        ));
        assert!(matches!(
            delivered(&pull(), &heard(401, "<html>")),
            Delivered::TryLater
        ));
    }

    #[test]
    fn a_sign_in_that_nobody_of_ours_answered_is_not_refused() {
        assert_eq!(
            signed_in(&heard(200, "<html>")).err(),
            Some(Problem::NoAnswer)
        );
        assert_eq!(signed_in(&Heard::Nothing).err(), Some(Problem::NoAnswer));
        let used = r#"{"problem":{"code":"secret_unknown"}}"#;
        assert_eq!(
            signed_in(&heard(410, used)).err(),
            Some(Problem::SecretUnknown)
        );
    }

    #[rstest]
    #[case::a_link("https://lookfor.example.org/join#aB-_9 ", "aB-_9")]
    #[case::a_code_as_people_write_it(" 10ab-co1z", "10ABC01Z")]
    #[case::letters_taken_for_numbers("oilo 0000", "01100000")]
    #[case::anything_else(" aB3 ", "aB3")]
    fn a_secret_is_read_as_people_type_it(#[case] typed: &str, #[case] secret: &str) {
        assert_eq!(secret_typed(typed), secret);
    }
}
