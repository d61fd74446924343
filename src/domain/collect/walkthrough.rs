//! A walkthrough: one brief, formative visit to one classroom, finished; and what amends it.

use super::draft::Rated;
use super::form::FormRef;
use crate::domain::claim::ClaimCode;
use crate::domain::hash::Sha256;
use crate::domain::id::{ClassId, DraftId, EventId, PersonId, SiteId};
use crate::domain::moment::Moment;
use serde::{Deserialize, Serialize};

/// What a submitted visit says. It holds nothing that could quote a person.
///
/// Schema 1 has no `setting`; schema 2 may have one; schema 3 may also have the phase of the lesson and the number
/// of seats. Ratings have a first schema each ([`super::rating::Rating::since_schema`]). All are read, and each
/// visit is written in the smallest that can say it.
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
    /// Where, whom and how; none in schema 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<Setting>,
    /// Where the lesson was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// How many students were in the class, where somebody counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub students: Option<u16>,
    /// How many of them sat at focus seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus_seats: Option<u16>,
}

impl Walkthrough {
    /// The smallest schema version that can say it.
    pub fn schema(&self) -> u32 {
        let seats = self.students.or(self.focus_seats);
        let beside = match (&self.setting, seats.is_some() || self.phase.is_some()) {
            (_, true) => 3,
            (Some(_), false) => 2,
            (None, false) => 1,
        };
        beside.max(since_schema(&self.rated))
    }

    /// The teacher who was visited, where the form names one.
    pub fn teacher(&self) -> Option<PersonId> {
        match self.setting.as_ref()?.whom {
            Whom::Named { teacher, .. } => Some(teacher),
            Whom::Numbered { .. } => None,
        }
    }

    /// The site, where it is known.
    pub fn site(&self) -> Option<SiteId> {
        self.setting.as_ref().map(|setting| setting.site)
    }
}

/// Where a visit was, to whom, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The site.
    pub site: SiteId,
    /// Whose lesson it was, as far as the agreement lets a form say.
    pub whom: Whom,
    /// How many people visited together, the observer among them; from 1.
    pub observers: u8,
    /// Whether the teacher was told before.
    pub notice_given: bool,
    /// How long it took, in whole minutes, rounded up.
    pub minutes: u16,
    /// The version of the agreement that the device had; 0 before it had any.
    pub agreement: u32,
}

/// Whose lesson was visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// The agreement lets forms name the teacher.
    Named {
        /// The teacher.
        teacher: PersonId,
        /// The class; none when the teacher was added on the spot.
        class: Option<ClassId>,
    },
    /// The agreement keeps names off forms. The visit has its number, and the teacher who was given
    /// the code can take the visit as theirs.
    Numbered {
        /// The hash of the claim code, as [`crate::domain::claim::ClaimCode::sha256`] makes it.
        claim_sha256: Sha256,
    },
}

/// Whose lesson is being visited, before the visit is submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// The site.
    pub site: SiteId,
    /// Whose it is, as far as the agreement lets a form say.
    pub whom: Visited,
}

/// Who is visited, before the visit is submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visited {
    /// The agreement lets forms name the teacher.
    Named {
        /// The teacher.
        teacher: PersonId,
        /// The class; none when the teacher was added on the spot.
        class: Option<ClassId>,
    },
    /// The agreement keeps names off forms.
    Numbered {
        /// What the observer hands over. It stays on the device; the record has its hash.
        code: ClaimCode,
    },
}

/// Where a lesson is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The opening.
    Opening,
    /// The middle.
    Middle,
    /// The close.
    Close,
}

impl Phase {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Opening, Self::Middle, Self::Close];
}

/// A later word of the observer about what was recorded. It replaces all ratings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// The visit that it amends.
    pub walkthrough: EventId,
    /// The version that it was made from: the visit itself, or an amendment of it.
    pub base: EventId,
    /// What is marked now.
    pub rated: Vec<Rated>,
}

impl Amendment {
    /// The smallest schema version that can say it: one less than a walkthrough's, since amendments have no
    /// setting, which is all that schema 2 of a walkthrough brought.
    pub fn schema(&self) -> u32 {
        since_schema(&self.rated).saturating_sub(1).max(1)
    }
}

/// The first schema of a walkthrough that can say all of these.
fn since_schema(rated: &[Rated]) -> u32 {
    let since = rated.iter().map(|rated| rated.rating.since_schema());
    since.max().unwrap_or(1)
}

/// A teacher took a numbered visit as theirs, with the code that the observer gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The visit.
    pub walkthrough: EventId,
    /// The teacher.
    pub teacher: PersonId,
    /// The code, which proves it.
    pub code: ClaimCode,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collect::look_for::LookForKey;
    use crate::domain::collect::rating::Rating;
    use crate::domain::event::{Fact, Factual};

    fn rated(rating: Rating) -> Vec<Rated> {
        let look_for = LookForKey("purpose-said".into());
        vec![Rated { look_for, rating }]
    }

    /// Of a rating that brings a schema which no fact reads, nothing would be read back.
    #[test]
    fn what_is_written_with_any_rating_is_read_by_the_schema_that_it_is_written_in() {
        let id = EventId::mint(1, [1; 10]);
        let begun = Moment {
            at_utc_ms: 5,
            offset_min: 0,
        };
        for rating in Rating::samples() {
            let since = rating.since_schema();
            let walkthrough = Walkthrough {
                draft: DraftId::mint(1, [1; 10]),
                visit: 1,
                form: FormRef {
                    key: "three-reads".into(),
                    version: 1,
                },
                begun,
                rated: rated(rating.clone()),
                setting: None,
                phase: None,
                students: None,
                focus_seats: None,
            };
            let amendment = Amendment {
                walkthrough: id,
                base: id,
                rated: rated(rating.clone()),
            };
            assert_eq!(walkthrough.schema(), since);
            for fact in [Fact::from(walkthrough), Fact::from(amendment)] {
                let (kind, schema) = fact.kind();
                let read = Fact::read(kind, schema, &fact.data());
                assert_eq!(read, Ok(Some(fact.clone())), "{rating:?}");
            }
        }
    }
}
