//! The names under which the words of an event are said.

/// The observer's one line of evidence, on a visit or a bright spot: "I saw…", "I heard…".
pub const NOTE: &str = "note";
/// The text of feedback: what was noticed.
pub const FEEDBACK: &str = "feedback";
/// The part of feedback that says what students did.
pub const STUDENTS: &str = "students";
/// The one question of feedback.
pub const QUESTION: &str = "question";
/// A teacher's reply.
pub const REPLY: &str = "reply";
/// The name of a person who was added on the spot.
pub const NAME: &str = "name";
/// The sentence of a prediction.
pub const PREDICTION: &str = "prediction";
/// The reasons for a decision, or for an amendment.
pub const REASONS: &str = "reasons";

/// What a teacher adds in words of their own: to the questions of a week, to a lesson, to a welcome.
pub const ADDED: &str = "added";

/// The text of a look-for that is a note.
pub fn note_on(look_for: &str) -> String {
    format!("{NOTE}:{look_for}")
}

/// Of which look-for this is the name of the text, if it is one.
pub fn noted_on(name: &str) -> Option<&str> {
    name.strip_prefix(NOTE)?.strip_prefix(':')
}
