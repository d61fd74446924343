//! The names under which the words of an event are said.

/// The observer's one line of evidence, on a visit or a bright spot: "I saw…", "I heard…".
pub const NOTE: &str = "note";
/// The text of a look-for that is a note.
pub fn note_on(look_for: &str) -> String {
    format!("{NOTE}:{look_for}")
}
/// The text of feedback.
pub const FEEDBACK: &str = "feedback";
/// A teacher's reply.
pub const REPLY: &str = "reply";
/// The name of a person who was added on the spot.
pub const NAME: &str = "name";
/// The sentence of a prediction.
pub const PREDICTION: &str = "prediction";
/// The reasons for a decision, or for an amendment.
pub const REASONS: &str = "reasons";
