//! A walkthrough: one brief, formative visit to one classroom, finished.

use super::draft::Rated;
use super::form::FormRef;
use crate::domain::id::DraftId;
use crate::domain::moment::Moment;
use serde::{Deserialize, Serialize};

/// What a submitted visit says. It holds nothing that could name or quote a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walkthrough {
    /// The draft that it was.
    pub draft: DraftId,
    /// The visit's number on its device.
    pub visit: u32,
    /// The form and version that it was recorded on.
    pub form: FormRef,
    /// When the visit began.
    pub begun: Moment,
    /// What was marked; a look-for that is not here was not looked for.
    pub rated: Vec<Rated>,
}
