//! What can be refused, as a stable code with typed arguments. `text` says it to a person.

use super::json;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// An expected failure. Anything else is a fault of ours: logged, and shown as [`Problem::ServerFailed`]
/// or [`Problem::StoreFailed`].
///
/// In JSON it is one flat object: the code under `code`, the arguments beside it. serde could be told so, too
/// (`tag`), but would then read the arguments of each code with a reader for values that it buffered: five per
/// cent of what a tablet downloads. `Problem::serialize` and `Problem::deserialize` by these names are the parts
/// that serde makes, for another form; whoever writes or reads a problem goes through the traits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Problem {
    // The form.
    /// No form of this key and version is on this device.
    UnknownForm {
        /// The form's key.
        form: String,
        /// The form's version.
        version: u32,
    },
    /// The form has no look-for of this key.
    UnknownLookFor {
        /// The look-for's key.
        look_for: String,
    },
    /// A look-for, or with an empty key the visit, does not take what was recorded there.
    DoesNotFit {
        /// The look-for's key.
        look_for: String,
    },
    /// A visit with nothing recorded is not submitted.
    NothingRecorded,
    /// The draft is not on this device.
    UnknownDraft,
    /// The draft is already submitted and takes no more taps.
    AlreadySubmitted,
    /// A tap came out of order: one before it was not kept.
    OutOfOrder {
        /// The revision that the draft would have taken.
        expected: u32,
        /// The revision that came.
        got: u32,
    },

    // The device store.
    /// The device has no room left.
    StoreFull,
    /// Lookfor is open in another tab or window, which holds the store.
    OpenElsewhere,
    /// The store was closed because another tab or window took over.
    TakenOver,
    /// The open store is another person's than that of whoever asked.
    SomebodyElse,
    /// A newer Lookfor wrote this store.
    StoreIsNewer {
        /// The schema version found.
        found: u32,
        /// The newest schema version known here.
        known: u32,
    },
    /// The store answered with an error.
    StoreFailed {
        /// What SQLite or the browser said, without any record's content.
        detail: String,
    },

    // The record on its way.
    /// Something is not of the form that the protocol asks for.
    Malformed {
        /// Where: `request`, or a part of one envelope such as `body.number`.
        place: String,
        /// What is wrong there.
        reason: String,
    },
    /// A part is larger than the limit.
    TooLarge {
        /// Which part.
        place: String,
        /// The limit, in bytes.
        limit_bytes: u64,
    },
    /// More envelopes in one push than the limit.
    TooMany {
        /// The limit.
        limit: u32,
    },
    /// The two ends speak different versions of the protocol.
    ProtocolVersion {
        /// The version that the server speaks.
        known: u32,
        /// The version that came.
        got: u32,
    },
    /// The request is not `application/json`.
    NotJson,
    /// The words do not have the hash that the body names.
    WordsDiffer,
    /// Another record already has this id.
    IdTaken,
    /// Another record of this device already has this number.
    NumberTaken,
    // Who may.
    /// The server did not answer, or somebody else answered for it.
    NoAnswer,
    /// Nobody is signed in on this device, or its sign-in was ended.
    NotSignedIn,
    /// The person may not do or see this.
    NotAllowed,
    /// A record names another author than the person whose device sent it.
    NotTheAuthor,
    /// An invitation or a code that was used, has expired, or never was.
    SecretUnknown,
    /// Too many tries; wait.
    TooManyTries {
        /// For how long, in seconds.
        wait_s: u32,
    },
    /// The agreement does not allow it.
    AgreementSaysNo {
        /// Which field of the agreement.
        field: String,
    },

    // A change idea.
    /// A change idea goes into testing when the prediction of its cycle is locked, not before.
    PredictionFirst,
    /// From where a change idea stands, it does not go there.
    NotTheNextStep,
    // Imports.
    /// The files of an import cannot be taken as they are.
    ImportBlocked,
    /// An import would mark more than a third as left, which needs a yes of its own.
    LeaversNeedConsent {
        /// People who would leave.
        people: u32,
        /// Classes that would end.
        classes: u32,
    },

    /// There is nothing at this address.
    NotFound,
    /// The address does not take this method.
    MethodNotAllowed,
    /// The server failed; nothing was changed.
    ServerFailed,

    /// A code that this version does not know.
    #[serde(other)]
    Unheard,
}

/// The name that a code has in JSON.
const CODE: &str = "code";

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = Self::serialize(self, serde_json::value::Serializer);
        let (code, arguments) = match named.map_err(serde::ser::Error::custom)? {
            Value::Object(fields) => fields.into_iter().next().unwrap_or_default(),
            code => (code.as_str().unwrap_or_default().to_owned(), Value::Null),
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(CODE, &code)?;
        for (name, argument) in arguments.as_object().into_iter().flatten() {
            map.serialize_entry(name, argument)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Problem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// A problem by its name in JSON.
        struct Named(Problem);

        impl<'de> Deserialize<'de> for Named {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Problem::deserialize(deserializer).map(Self)
            }
        }

        let mut arguments = Map::deserialize(deserializer)?;
        let missing = || serde::de::Error::missing_field(CODE);
        let code = arguments.remove(CODE).ok_or_else(missing)?;
        let name = code.as_str().ok_or_else(missing)?.to_owned();
        let mut whole = Map::new();
        whole.insert(name, Value::Object(arguments));
        // A code without arguments may have got some in a later version.
        json::read_value(&Value::Object(whole))
            .or_else(|_| json::read_value(&code))
            .map(|Named(problem)| problem)
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn a_code_of_a_later_version_is_still_read() {
        let later = r#"{"code":"moon_in_the_way","phase":3}"#;
        assert_eq!(
            serde_json::from_str::<Problem>(later).ok(),
            Some(Problem::Unheard)
        );
    }

    #[rstest]
    #[case::without_arguments(Problem::StoreFull, r#"{"code":"store_full"}"#)]
    #[case::with_some(
        Problem::OutOfOrder { expected: 2, got: 4 },
        r#"{"code":"out_of_order","expected":2,"got":4}"#
    )]
    fn a_problem_is_one_flat_object(#[case] problem: Problem, #[case] json: &str) {
        assert_eq!(serde_json::to_string(&problem).ok().as_deref(), Some(json));
        assert_eq!(serde_json::from_str(json).ok(), Some(problem));
    }

    #[rstest]
    #[case::a_code_that_got_an_argument(
        r#"{"code":"store_full","by":3}"#,
        Some(Problem::StoreFull)
    )]
    #[case::a_code_that_got_one_more(
        r#"{"got":4,"code":"out_of_order","expected":2,"by":3}"#,
        Some(Problem::OutOfOrder { expected: 2, got: 4 })
    )]
    #[case::an_argument_is_missing(r#"{"code":"out_of_order","expected":2}"#, None)]
    #[case::an_argument_of_another_type(r#"{"code":"out_of_order","expected":"2","got":4}"#, None)]
    #[case::no_code(r#"{"expected":2,"got":4}"#, None)]
    #[case::a_code_that_is_no_text(r#"{"code":7}"#, None)]
    #[case::no_object(r#""store_full""#, None)]
    fn what_others_send_is_read_as_far_as_it_says_enough(
        #[case] json: &str,
        #[case] problem: Option<Problem>,
    ) {
        assert_eq!(serde_json::from_str(json).ok(), problem);
    }
}
