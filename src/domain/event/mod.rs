//! An event: a past-tense fact, sealed once and carried as the same bytes for ever.
//!
//! An envelope has two parts. The **body** is JSON whose bytes are made once, at submit, and are
//! never made again from the values: they are kept, sent, stored and hashed as they are. The
//! **words** hold everything that could name or quote a person, with a salt; the body names only
//! their hash, so that words can be erased and the body stays as it was.

pub mod fact;
#[cfg(feature = "server")]
mod keys;
pub mod said;

pub use fact::{About, Fact, Factual};

use super::hash::Sha256;
use super::id::{DeviceId, EventId, PersonId};
use super::moment::Moment;
use super::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The longest body, in bytes.
pub const BODY_MAX_BYTES: usize = 64 * 1024;
/// The longest words, in bytes.
pub const WORDS_MAX_BYTES: usize = 64 * 1024;
/// The most facts of one person about one visit, the visit itself among them; and of the same number about the answers
/// and the lesson logs of one week. All facts about one thing are folded together while pushes wait.
pub const FACTS_MAX: u32 = 200;
/// The largest number that JSON carries exactly everywhere (RFC 8259, section 6).
pub const NUMBER_MAX: u64 = (1 << 53) - 1;
/// The length of a salt, in hexadecimal digits.
const SALT_DIGITS: usize = 32;
/// The longest name of a kind, in bytes.
const KIND_MAX_BYTES: usize = 64;

/// Who recorded an event, when, and as which of the device's events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The event's id.
    pub id: EventId,
    /// The store that it was recorded in.
    pub device: DeviceId,
    /// Its number among that store's events, growing from 1. Order comes from here. A store that took
    /// a new device id goes on counting.
    pub number: u64,
    /// Who recorded it.
    pub author: PersonId,
    /// When, by the device's clock.
    pub at: Moment,
}

/// The body of an event as it stands in the bytes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Body {
    /// The event's id.
    pub id: EventId,
    /// The store that it was recorded in.
    pub device: DeviceId,
    /// Its number among that store's events, from 1.
    pub number: u64,
    /// Who recorded it.
    pub author: PersonId,
    /// The kind of fact.
    pub kind: String,
    /// The version of the kind's data.
    pub schema: u32,
    /// When, by the device's clock, in milliseconds since 1970.
    pub at_utc_ms: i64,
    /// The minutes east of UTC on the device's wall.
    pub offset_min: i16,
    /// The hash of the words' bytes, salt included; none when the event has no words.
    pub words_sha256: Option<Sha256>,
    /// What happened, as the kind and version define it.
    pub data: Box<RawValue>,
}

/// The words of an event: what could name or quote a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// 32 random hexadecimal digits, so that short words cannot be guessed from their hash.
    pub salt: String,
    /// The texts by name.
    pub said: BTreeMap<String, String>,
}

/// An event on its way: the body's bytes and the words' bytes, each as made on the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// The bytes of the body, JSON in UTF-8.
    pub body: String,
    /// The bytes of the words, JSON in UTF-8; none when there were none, or when they were erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

impl Envelope {
    /// Seals a fact: makes its bytes, for the only time.
    pub fn seal(origin: Origin, fact: &impl Factual, words: Option<&Words>) -> Self {
        Self::seal_with(origin, fact, words.map(to_json))
    }

    /// Seals a fact with words whose bytes are made already.
    pub fn seal_with(origin: Origin, fact: &dyn Factual, words: Option<String>) -> Self {
        let (kind, schema) = fact.kind();
        let body = Body {
            id: origin.id,
            device: origin.device,
            number: origin.number,
            author: origin.author,
            kind: kind.into(),
            schema,
            at_utc_ms: origin.at.at_utc_ms,
            offset_min: origin.at.offset_min,
            words_sha256: words.as_ref().map(|words| Sha256::of(words.as_bytes())),
            data: RawValue::from_string(fact.data()).expect("serde_json writes JSON"),
        };
        Self {
            body: to_json(&body),
            words,
        }
    }

    /// Whether body and words are small enough for a server.
    ///
    /// # Errors
    /// [`Problem::TooLarge`].
    pub fn within_limits(&self) -> Result<(), Problem> {
        limit("body", &self.body, BODY_MAX_BYTES)?;
        let words = self.words.as_deref().unwrap_or_default();
        limit("words", words, WORDS_MAX_BYTES)
    }

    /// The hash of the event: of the body's bytes.
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(self.body.as_bytes())
    }

    /// Reads the body and checks the envelope, of whatever kind.
    ///
    /// # Errors
    /// [`Problem::TooLarge`], [`Problem::Malformed`] with a place such as `body.number`,
    /// [`Problem::WordsDiffer`].
    pub fn open(&self) -> Result<Body, Problem> {
        limit("body", &self.body, BODY_MAX_BYTES)?;
        let body: Body =
            serde_json::from_str(&self.body).map_err(|error| malformed("body", &error))?;
        let checks = [
            (
                "body.number",
                (1..=NUMBER_MAX).contains(&body.number),
                "a number from 1",
            ),
            (
                "body.kind",
                !body.kind.is_empty() && body.kind.len() <= KIND_MAX_BYTES,
                "a name of 1 to 64 bytes",
            ),
            ("body.schema", body.schema >= 1, "a version from 1"),
            (
                "body.offset_min",
                Moment::OFFSETS_MIN.contains(&body.offset_min),
                "minutes from -1080 to 1080",
            ),
            (
                "body.at_utc_ms",
                body.at_utc_ms.unsigned_abs() <= NUMBER_MAX,
                "milliseconds within 2^53",
            ),
        ];
        for (place, holds, wanted) in checks {
            if !holds {
                return Err(Problem::Malformed {
                    place: place.into(),
                    reason: wanted.into(),
                });
            }
        }
        self.check_words(&body)?;
        body.read()?;
        Ok(body)
    }

    fn check_words(&self, body: &Body) -> Result<(), Problem> {
        let Some(words) = &self.words else {
            return Ok(());
        };
        limit("words", words, WORDS_MAX_BYTES)?;
        let salted: Words =
            serde_json::from_str(words).map_err(|error| malformed("words", &error))?;
        let hexadecimal = salted.salt.bytes().all(|byte| byte.is_ascii_hexdigit());
        if salted.salt.len() != SALT_DIGITS || !hexadecimal {
            let reason = format!("{SALT_DIGITS} hexadecimal digits");
            return Err(Problem::Malformed {
                place: "words.salt".into(),
                reason,
            });
        }
        if body.words_sha256 != Some(Sha256::of(words.as_bytes())) {
            return Err(Problem::WordsDiffer);
        }
        Ok(())
    }
}

impl Body {
    /// What happened; none for a kind or a schema version that this version does not know, which is
    /// kept unread.
    ///
    /// # Errors
    /// [`Problem::Malformed`] when the kind and version are known and the data is not of their form.
    pub fn read(&self) -> Result<Option<Fact>, Problem> {
        Fact::read(&self.kind, self.schema, self.data.get())
    }
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("our values have string keys and write to memory")
}

fn limit(place: &str, text: &str, limit: usize) -> Result<(), Problem> {
    if text.len() <= limit {
        return Ok(());
    }
    Err(Problem::TooLarge {
        place: place.into(),
        limit_bytes: limit as u64,
    })
}

/// What serde_json found, without the content that it may quote: only its place and category.
pub(crate) fn malformed(place: &str, error: &serde_json::Error) -> Problem {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Data => "a value is missing or of the wrong type",
        Category::Eof => "the JSON ends too early",
        Category::Io | Category::Syntax => "this is not JSON",
    };
    let reason = format!(
        "{what}, near line {} column {}",
        error.line(),
        error.column()
    );
    Problem::Malformed {
        place: place.into(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collect::draft::Rated;
    use crate::domain::collect::form::Form;
    use crate::domain::collect::look_for::LookForKey;
    use crate::domain::collect::rating::Rating;
    use crate::domain::collect::walkthrough::Walkthrough;
    use crate::domain::id::DraftId;
    use proptest::prelude::*;
    use rstest::rstest;

    const NOON: Moment = Moment {
        at_utc_ms: 1_795_608_000_000,
        offset_min: -480,
    };

    fn sealed(words: Option<&Words>) -> Envelope {
        let origin = Origin {
            id: EventId::mint(NOON.at_utc_ms, [1; 10]),
            device: DeviceId::mint(NOON.at_utc_ms, [2; 10]),
            number: 7,
            author: PersonId::mint(NOON.at_utc_ms, [3; 10]),
            at: NOON,
        };
        let walkthrough = Walkthrough {
            draft: DraftId::mint(NOON.at_utc_ms, [4; 10]),
            visit: 3,
            form: Form::three_reads().form,
            begun: NOON,
            rated: vec![Rated {
                look_for: LookForKey("purpose-said".into()),
                rating: Rating::Partly,
            }],
            setting: None,
            phase: None,
            students: None,
            focus_seats: None,
        };
        Envelope::seal(origin, &Fact::WalkthroughSubmitted(walkthrough), words)
    }

    fn words() -> Words {
        let said = [("note".to_owned(), "I heard «¿qué se pide?»".to_owned())];
        Words {
            salt: "0123456789abcdef".repeat(2),
            said: said.into(),
        }
    }

    /// The bytes of version 1, frozen: a device of today and a server of next year must agree.
    #[test]
    fn the_bytes_of_a_body_are_these() {
        assert_eq!(
            sealed(None).body,
            concat!(
                r#"{"id":"01a21293-b600-7101-8101-010101010101","#,
                r#""device":"01a21293-b600-7202-8202-020202020202","number":7,"#,
                r#""author":"01a21293-b600-7303-8303-030303030303","#,
                r#""kind":"walkthrough_submitted","schema":1,"at_utc_ms":1795608000000,"#,
                r#""offset_min":-480,"words_sha256":null,"data":{"#,
                r#""draft":"01a21293-b600-7404-8404-040404040404","visit":3,"#,
                r#""form":{"key":"three-reads","version":1},"#,
                r#""begun":{"at_utc_ms":1795608000000,"offset_min":-480},"#,
                r#""rated":[{"look_for":"purpose-said","rating":"partly"}]}}"#,
            )
        );
    }

    #[test]
    fn a_sealed_fact_is_read_back() {
        let body = sealed(Some(&words()))
            .open()
            .expect("our own envelope opens");
        assert!(matches!(body.read(), Ok(Some(Fact::WalkthroughSubmitted(w))) if w.visit == 3));
    }

    #[test]
    fn a_body_stays_valid_when_its_words_are_erased() {
        let mut envelope = sealed(Some(&words()));
        let before = envelope.sha256();
        envelope.words = None;
        assert!(envelope.open().is_ok());
        assert_eq!(envelope.sha256(), before);
    }

    #[test]
    fn words_changed_on_the_way_are_refused() {
        let mut envelope = sealed(Some(&words()));
        envelope.words = envelope.words.map(|words| words.replace("heard", "saw"));
        assert_eq!(envelope.open().err(), Some(Problem::WordsDiffer));
    }

    #[rstest]
    #[case::an_unknown_kind(r#""kind":"walkthrough_submitted""#, r#""kind":"moon_seen""#)]
    #[case::a_later_version(r#""schema":1"#, r#""schema":99"#)]
    fn what_is_not_known_is_kept_unread(#[case] from: &str, #[case] to: &str) {
        let mut envelope = sealed(None);
        envelope.body = envelope.body.replacen(from, to, 1);
        let body = envelope.open().expect("it is well formed");
        assert_eq!(body.read(), Ok(None));
    }

    #[rstest]
    #[case::number_zero("body.number", r#""number":7"#, r#""number":0"#)]
    #[case::number_too_large("body.number", r#""number":7"#, r#""number":9007199254740992"#)]
    #[case::no_kind("body.kind", r#""kind":"walkthrough_submitted""#, r#""kind":"""#)]
    #[case::schema_zero("body.schema", r#""schema":1"#, r#""schema":0"#)]
    #[case::offset(
        "body.offset_min",
        r#""offset_min":-480,"words"#,
        r#""offset_min":-4800,"words"#
    )]
    #[case::wrong_type("body", r#""number":7"#, r#""number":"7""#)]
    #[case::not_json("body", r#"{"id""#, r#"{id"#)]
    #[case::data_of_the_kind("body.data", r#""rating":"partly""#, r#""rating":"2""#)]
    fn a_malformed_body_is_refused_with_its_place(
        #[case] place: &str,
        #[case] from: &str,
        #[case] to: &str,
    ) {
        let mut envelope = sealed(None);
        assert!(envelope.body.contains(from));
        envelope.body = envelope.body.replacen(from, to, 1);
        let refused = envelope.open().err();
        assert!(
            matches!(&refused, Some(Problem::Malformed { place: found, .. }) if found == place),
            "{refused:?}"
        );
    }

    #[test]
    fn a_problem_does_not_quote_what_it_found() {
        let mut envelope = sealed(None);
        envelope.body = envelope
            .body
            .replacen(r#""number":7"#, r#""number":"Ms. Ortega""#, 1);
        assert!(!format!("{:?}", envelope.open()).contains("Ortega"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_opening_panic(body in ".{0,300}", words in prop::option::of(".{0,80}")) {
            let _ = Envelope { body, words }.open();
        }
    }
}
