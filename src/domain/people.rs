//! People, and what they do where.
//!
//! A person has an id of ours, minted once. Rosters name people by ids of their own, which are
//! aliases; two entries found to be one person are merged by an event, and nothing that was stored is
//! rewritten: ids are resolved when they are read. Nobody is deleted; who left is marked.

mod merges;
mod welcomed;

pub use merges::Merges;
pub use welcomed::Welcomed;

use super::id::{ClassId, PersonId, SiteId};
use super::unseen::is_unseen;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The longest name, in characters.
pub const NAME_MAX: usize = 200;

/// Whether a text can be what a person is called: in one line, within [`NAME_MAX`], without spaces around it and without
/// signs that nobody sees.
pub fn is_name(text: &str) -> bool {
    text.trim() == text
        && !text
            .chars()
            .any(|sign| is_unseen(sign) || sign.is_whitespace() && sign != ' ')
        && (1..=NAME_MAX).contains(&text.chars().count())
}

/// What a person does somewhere. One person may have several roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Teaches at a site, and may visit colleagues as a peer.
    Teacher,
    /// Leads a site, and visits its classes.
    Principal,
    /// Coaches the teachers of a site.
    Coach,
    /// Is in the team that tests a change idea.
    Pilot,
    /// Leads the improvement work of the district.
    Lead,
    /// Looks after people, devices and the agreement.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Teacher,
        Self::Principal,
        Self::Coach,
        Self::Pilot,
        Self::Lead,
        Self::Admin,
    ];

    /// Whether whoever has it reads or decides more than a teacher does.
    pub fn is_trusted_with_others(self) -> bool {
        !matches!(self, Self::Teacher | Self::Pilot)
    }
}

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At one site: teacher, principal, coach.
    Site(SiteId),
    /// On one change idea, by its key: pilot.
    Idea(String),
    /// In the whole district: lead, admin.
    District,
}

/// A role at its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Post {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub place: Place,
}

impl Post {
    /// Whether the role is one that holds at such a place.
    pub fn fits(&self) -> bool {
        matches!(
            (self.role, &self.place),
            (
                Role::Teacher | Role::Principal | Role::Coach,
                Place::Site(_)
            ) | (Role::Pilot, Place::Idea(_))
                | (Role::Lead | Role::Admin, Place::District)
        )
    }
}

/// A class of one school year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Its id.
    pub id: ClassId,
    /// Where it is.
    pub site: SiteId,
    /// The calendar year in which its school year ends.
    pub school_year: u16,
    /// What the school calls it, such as "Algebra 1, period 3".
    pub title: String,
    /// Who teaches it.
    pub teachers: Vec<PersonId>,
    /// Where it meets, as the school names the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Its grades, such as `05`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<String>,
    /// Its subjects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// When it meets, as the roster names periods.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<String>,
    /// How many students it has, where a roster said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub students: Option<u16>,
}

/// A person was added on the spot, because no roster had them. The name is the event's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAdded {
    /// The person, by an id that the device minted.
    pub person: PersonId,
    /// Where they were met; they are taken to teach there.
    pub site: SiteId,
}

/// Two entries were found to be one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonMerged {
    /// The entry that is no longer used.
    pub from: PersonId,
    /// The entry that stands for both.
    pub into: PersonId,
}

/// Who is who, and who has done what where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    merges: Merges,
    held: BTreeMap<PersonId, BTreeSet<Post>>,
    holds: BTreeMap<PersonId, BTreeSet<Post>>,
    ended: BTreeMap<PersonId, BTreeMap<Post, i64>>,
    said_yes_until: BTreeMap<PersonId, i64>,
    met: BTreeSet<PersonId>,
    welcomes: BTreeMap<PersonId, Vec<Welcomed>>,
}

impl People {
    /// People after these merges. `posts` are those that somebody has or had; `true` for those that
    /// are held now.
    pub fn of(merges: Merges, posts: impl IntoIterator<Item = (PersonId, Post, bool)>) -> Self {
        let mut people = Self {
            merges,
            ..Self::default()
        };
        for (person, post, now) in posts {
            let person = people.merges.resolve(person);
            if now {
                people.holds.entry(person).or_default().insert(post.clone());
            }
            people.held.entry(person).or_default().insert(post);
        }
        people
    }

    /// With when posts ended, in milliseconds since 1970; of several ends of one, the last counts.
    pub fn with_ended(mut self, ended: impl IntoIterator<Item = (PersonId, Post, i64)>) -> Self {
        for (person, post, until) in ended {
            let person = self.merges.resolve(person);
            let known = self.ended.entry(person).or_default();
            let last = known.entry(post).or_insert(until);
            *last = until.max(*last);
        }
        self
    }

    /// With the entries that said yes to visits by peers, each with the moment until which that holds or
    /// held, in milliseconds since 1970: `i64::MAX` as long as it was not taken back.
    ///
    /// Of two entries of one person, what was taken back under one is: nobody knows which of the two came later, and
    /// a yes is the person's own to say again.
    pub fn with_consent(mut self, until: impl IntoIterator<Item = (PersonId, i64)>) -> Self {
        for (person, until) in until {
            let person = self.merges.resolve(person);
            let known = self.said_yes_until.entry(person).or_insert(until);
            *known = match (*known, until) {
                (i64::MAX, other) | (other, i64::MAX) => other,
                (one, other) => one.max(other),
            };
        }
        self
    }

    /// With the entries that were added on the spot, and among all others those that an office made and that were
    /// merged with some entry: whoever is in both is known to the office.
    pub fn with_met(
        mut self,
        added: impl IntoIterator<Item = PersonId>,
        merged_of_office: impl IntoIterator<Item = PersonId>,
    ) -> Self {
        let merges = &self.merges;
        self.met = added.into_iter().map(|one| merges.resolve(one)).collect();
        for one in merged_of_office {
            self.met.remove(&self.merges.resolve(one));
        }
        self
    }

    /// The entry that stands for this one.
    pub fn resolve(&self, person: PersonId) -> PersonId {
        self.merges.resolve(person)
    }

    /// Whether two entries are one person.
    pub fn are_one(&self, one: PersonId, other: PersonId) -> bool {
        self.merges.are_one(one, other)
    }

    /// Every entry of the person that this one is of.
    pub fn entries(&self, person: PersonId) -> Vec<PersonId> {
        self.merges.entries(person)
    }

    /// How many people are in the team that tests a change idea now, of those who are known: only they are counted in
    /// what many say.
    pub fn in_team(&self, idea: &str) -> usize {
        self.teams().filter(|(key, _)| *key == idea).count()
    }

    /// Whether the person's yes to visits by peers covers a visit that the server received then, in milliseconds
    /// since 1970. It covers what was before it, too, and ends when it is taken back: what was received until then
    /// stays.
    pub fn agrees_to_peers(&self, person: PersonId, received_at_utc_ms: i64) -> bool {
        let until = self.said_yes_until.get(&self.resolve(person));
        until.is_some_and(|until| received_at_utc_ms < *until)
    }

    /// Who is in the team of which change idea now, by its key; without whom nobody but a colleague knows.
    pub fn teams(&self) -> impl Iterator<Item = (&str, PersonId)> {
        let holds = self.holds.iter();
        let known = holds.filter(|(person, _)| !self.met.contains(person));
        known.flat_map(|(person, posts)| {
            posts.iter().filter_map(|post| match &post.place {
                Place::Idea(key) if post.role == Role::Pilot => Some((key.as_str(), *person)),
                _ => None,
            })
        })
    }

    /// Who is or was in the team of a change idea, of those who are known.
    pub fn ever_in_team(&self, key: &str) -> impl Iterator<Item = PersonId> {
        let team = Post {
            role: Role::Pilot,
            place: Place::Idea(key.to_owned()),
        };
        let held = self.held.iter();
        let known = held.filter(|(person, _)| !self.met.contains(person));
        known.filter_map(move |(person, posts)| posts.contains(&team).then_some(*person))
    }

    /// Where the person teaches now.
    pub fn teaches_at(&self, person: PersonId) -> impl Iterator<Item = SiteId> {
        self.posts(person).filter_map(|post| match post.place {
            Place::Site(site) if post.role == Role::Teacher => Some(site),
            _ => None,
        })
    }

    /// Whether somebody added the person on the spot and no office knows them: it does when it has merged them
    /// with an entry of its own.
    pub fn was_only_met(&self, person: PersonId) -> bool {
        self.met.contains(&self.resolve(person))
    }

    /// Every post that the person has or had.
    pub fn all_held_by(&self, person: PersonId) -> impl Iterator<Item = &Post> {
        self.held.get(&self.resolve(person)).into_iter().flatten()
    }

    /// Whether the person has, or ever had, this role at this place. What was said in a role stays said.
    pub fn has_held(&self, person: PersonId, role: Role, place: &Place) -> bool {
        self.all_held_by(person)
            .any(|post| post.role == role && post.place == *place)
    }

    /// Until when the person has this post, or had it, in milliseconds since 1970: `i64::MAX` for one that is held; none
    /// when nothing is known of it.
    pub fn held_until(&self, person: PersonId, post: &Post) -> Option<i64> {
        let person = self.resolve(person);
        match self
            .holds
            .get(&person)
            .is_some_and(|held| held.contains(post))
        {
            true => Some(i64::MAX),
            false => self.ended.get(&person)?.get(post).copied(),
        }
    }

    /// Whether the person had this role at this place when the server received something, in milliseconds since 1970,
    /// or was given it later: a post covers what was before it, as it does visits, and nothing that comes after its end.
    pub fn covers(
        &self,
        person: PersonId,
        role: Role,
        place: &Place,
        received_at_utc_ms: i64,
    ) -> bool {
        let place = place.clone();
        let until = self.held_until(person, &Post { role, place });
        until.is_some_and(|until| received_at_utc_ms < until)
    }

    /// Every post that somebody has or had.
    pub fn all_held(&self) -> impl Iterator<Item = (PersonId, &Post)> {
        let held = self.held.iter();
        held.flat_map(|(person, posts)| posts.iter().map(|post| (*person, post)))
    }

    /// Everybody who said yes to visits by peers, and until when that holds or held.
    pub fn all_consent(&self) -> impl Iterator<Item = (PersonId, i64)> {
        let yes = self.said_yes_until.iter();
        yes.map(|(person, until)| (*person, *until))
    }

    /// Everybody who was added on the spot and whom no office knows.
    pub fn all_only_met(&self) -> impl Iterator<Item = PersonId> {
        self.met.iter().copied()
    }

    /// What the person does now.
    pub fn posts(&self, person: PersonId) -> impl Iterator<Item = &Post> {
        self.holds.get(&self.resolve(person)).into_iter().flatten()
    }
}

#[cfg(test)]
mod tests;
