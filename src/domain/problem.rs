//! What can be refused, as a stable code with typed arguments. `text` says it to a person.

use serde::{Deserialize, Serialize};

/// An expected failure. Anything else is a fault of ours: logged, and shown as [`Problem::ServerFailed`]
/// or [`Problem::StoreFailed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_later_version_is_still_read() {
        let later = r#"{"code":"moon_in_the_way","phase":3}"#;
        assert_eq!(
            serde_json::from_str::<Problem>(later).ok(),
            Some(Problem::Unheard)
        );
    }
}
