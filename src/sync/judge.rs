//! What an answer to a push means. Pure: the caller does the travelling.
//!
//! Networks lie: a captive portal says 200 to everything, a proxy says 403, a time-out says
//! nothing. Only an answer of our own protocol that names our own bytes counts; all else means
//! "not known, send again", which is harmless because the server knows what it has.

use super::protocol::{Answer, Failure, Pushed, Receipt};
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::domain::json;
use crate::domain::problem::Problem;
use serde::de::DeserializeOwned;

/// An envelope that was sent, as far as its receipt must prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The event's number on this device.
    pub number: u64,
    /// The event.
    pub id: EventId,
    /// The hash of its bytes.
    pub sha256: Sha256,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing, or not in time.
    Nothing,
    /// An answer with this status and body.
    Answer(u16, Vec<u8>),
}

/// What becomes of one envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The server has it.
    Received(Receipt),
    /// The server can never accept it.
    SetAside(Problem),
    /// Not known; send it again.
    Unknown,
}

/// What a push came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The server judged each envelope.
    Judged(Vec<(u64, Fate)>),
    /// The server refused the request as a whole. If it held several envelopes, one of them may be
    /// the cause: send them one by one.
    Refused(Problem),
    /// Not known; send it again later.
    TryLater,
    /// The server failed. If it fails each time on the same push, one of its envelopes may be the cause.
    ServerFailed,
    /// The server does not know the device's token: nothing travels until the person signs in again.
    SignInAgain,
    /// The server speaks another version of the protocol.
    OtherVersion,
}

/// Decides what `heard` means for what was `sent`.
pub fn judge(sent: &[Sent], heard: &Heard) -> Verdict {
    let Heard::Answer(status, body) = heard else {
        return Verdict::TryLater;
    };
    if *status == 200 {
        return match read::<Pushed>(body) {
            Some(pushed) if pushed.answers.len() == sent.len() => {
                let fates = sent.iter().zip(pushed.answers);
                Verdict::Judged(
                    fates
                        .map(|(sent, answer)| (sent.number, fate(sent, answer)))
                        .collect(),
                )
            }
            _ => Verdict::TryLater,
        };
    }
    match refusal(*status, body) {
        Some(problem) if is_about_the_record(&problem) => Verdict::Refused(problem),
        Some(Problem::NotSignedIn) => Verdict::SignInAgain,
        Some(Problem::ProtocolVersion { .. }) => Verdict::OtherVersion,
        _ if (500..600).contains(status) => Verdict::ServerFailed,
        _ => Verdict::TryLater,
    }
}

/// An answer's body as a value; none when it is something else.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    json::read(std::str::from_utf8(body).ok()?).ok()
}

/// What our server refused, if it is our server that speaks.
pub(super) fn refusal(status: u16, body: &[u8]) -> Option<Problem> {
    let failure: Failure = read(body)?;
    // Whoever says that nobody is signed in must say it in HTTP, too.
    let fits = (failure.problem == Problem::NotSignedIn) == (status == 401);
    fits.then_some(failure.problem)
}

fn fate(sent: &Sent, answer: Answer) -> Fate {
    match answer {
        Answer::Receipt(receipt) if receipt.id == sent.id && receipt.sha256 == sent.sha256 => {
            Fate::Received(receipt)
        }
        Answer::Receipt(_) => Fate::Unknown,
        Answer::Refused(problem) => Fate::SetAside(problem),
    }
}

/// Whether sending the same bytes again can never succeed. A server that is broken, of another
/// version, or not ours is no reason to set a record aside.
fn is_about_the_record(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Malformed { .. } | Problem::TooLarge { .. } | Problem::TooMany { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn sent() -> Sent {
        Sent {
            number: 4,
            id: EventId::mint(1, [1; 10]),
            sha256: Sha256::of(b"bytes"),
        }
    }

    fn receipt() -> Receipt {
        let Sent { id, sha256, .. } = sent();
        Receipt {
            id,
            sha256,
            server_number: 9,
            received_at_utc_ms: 5,
        }
    }

    fn pushed(answers: Vec<Answer>) -> Heard {
        Heard::Answer(
            200,
            serde_json::to_vec(&Pushed { answers }).expect("it is JSON"),
        )
    }

    fn failed(status: u16, problem: Problem) -> Heard {
        Heard::Answer(
            status,
            serde_json::to_vec(&Failure { problem }).expect("it is JSON"),
        )
    }

    #[test]
    fn a_receipt_that_names_our_bytes_is_proof() {
        let heard = pushed(vec![Answer::Receipt(receipt())]);
        assert_eq!(
            judge(&[sent()], &heard),
            Verdict::Judged(vec![(4, Fate::Received(receipt()))])
        );
    }

    #[test]
    fn a_receipt_for_other_bytes_is_no_proof() {
        let other = Receipt {
            sha256: Sha256::of(b"other"),
            ..receipt()
        };
        let heard = pushed(vec![Answer::Receipt(other)]);
        assert_eq!(
            judge(&[sent()], &heard),
            Verdict::Judged(vec![(4, Fate::Unknown)])
        );
    }

    #[test]
    fn a_refused_envelope_is_set_aside_and_delays_nothing() {
        let second = Sent {
            number: 5,
            ..sent()
        };
        let answers = vec![
            Answer::Refused(Problem::IdTaken),
            Answer::Receipt(receipt()),
        ];
        let fates = vec![
            (4, Fate::SetAside(Problem::IdTaken)),
            (5, Fate::Received(receipt())),
        ];
        assert_eq!(
            judge(&[sent(), second], &pushed(answers)),
            Verdict::Judged(fates)
        );
    }

    #[rstest]
    #[case::time_out(Heard::Nothing)]
    #[case::captive_portal(Heard::Answer(200, b"<html>Welcome to FreeWifi".to_vec()))]
    #[case::empty(Heard::Answer(200, vec![]))]
    #[case::fewer_answers_than_envelopes(pushed(vec![]))]
    #[case::proxy_forbids(Heard::Answer(403, b"Forbidden".to_vec()))]
    #[case::proxy_thinks_it_too_large(Heard::Answer(413, b"<html>".to_vec()))]
    #[case::a_portal_wants_a_password(Heard::Answer(401, b"<html>Sign in to FreeWifi".to_vec()))]
    #[case::not_signed_in_by_a_confused_proxy(failed(200, Problem::NotSignedIn))]
    #[case::a_code_from_the_future(Heard::Answer(400, br#"{"problem":{"code":"tired"}}"#.to_vec()))]
    fn what_is_not_known_is_sent_again(#[case] heard: Heard) {
        assert_eq!(judge(&[sent()], &heard), Verdict::TryLater);
    }

    #[rstest]
    #[case::broken(failed(500, Problem::ServerFailed), Verdict::ServerFailed)]
    #[case::gateway(Heard::Answer(502, b"<html>".to_vec()), Verdict::ServerFailed)]
    #[case::newer(failed(400, Problem::ProtocolVersion { known: 2, got: 1 }), Verdict::OtherVersion)]
    #[case::token_ended(failed(401, Problem::NotSignedIn), Verdict::SignInAgain)]
    fn what_holds_for_the_whole_server_sets_nothing_aside(
        #[case] heard: Heard,
        #[case] verdict: Verdict,
    ) {
        assert_eq!(judge(&[sent()], &heard), verdict);
    }

    #[test]
    fn a_request_that_our_server_cannot_read_is_refused() {
        let problem = Problem::TooLarge {
            place: "request".into(),
            limit_bytes: 1,
        };
        let verdict = judge(&[sent()], &failed(413, problem.clone()));
        assert_eq!(verdict, Verdict::Refused(problem));
    }
}
