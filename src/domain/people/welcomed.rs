//! The yes to visits by peers that a welcome is: one class on one day, apart from the yes that holds for every day.

use super::People;
use crate::domain::id::{ClassId, PersonId, SiteId};
use crate::domain::place::Day;

/// A teacher's yes to visits by peers, for one class on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Welcomed {
    /// Where.
    pub site: SiteId,
    /// The class; none for any.
    pub class: Option<ClassId>,
    /// On which day.
    pub day: Day,
    /// Until when it holds or held, in milliseconds since 1970: `i64::MAX` as long as it was not taken back.
    pub until_utc_ms: i64,
}

impl People {
    /// With the entries that welcomed peers.
    pub fn with_welcomes(
        mut self,
        welcomes: impl IntoIterator<Item = (PersonId, Welcomed)>,
    ) -> Self {
        for (person, welcome) in welcomes {
            let person = self.merges.resolve(person);
            self.welcomes.entry(person).or_default().push(welcome);
        }
        self
    }

    /// Whether the person welcomed peers to a lesson: to this class at this site on this day, and not taken back before
    /// the server received the visit at `received_at_utc_ms`. A visit that names no class is one to any class that they
    /// welcomed to.
    pub fn welcomes_peers(
        &self,
        person: PersonId,
        (site, class, day): (SiteId, Option<ClassId>, Day),
        received_at_utc_ms: i64,
    ) -> bool {
        let welcomes = self.welcomes.get(&self.resolve(person));
        welcomes.into_iter().flatten().any(|welcome| {
            let same_class = welcome.class.is_none() || class.is_none() || welcome.class == class;
            (welcome.site, welcome.day) == (site, day)
                && same_class
                && received_at_utc_ms < welcome.until_utc_ms
        })
    }
}
