//! Audiences: the groups of readers that documents are made for, and who is in them.

use crate::domain::id::{PersonId, SiteId};
use crate::domain::people::{Place, Post, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A group of readers that documents are made for. Its text is the key in the feed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// One person: `person:<id>`.
    Person(PersonId),
    /// The coaches of a site: `site:<id>/coach`.
    Coaches(SiteId),
    /// The principals of a site: `site:<id>/principal`.
    Principals(SiteId),
    /// Everybody who works at a site: `site:<id>`.
    Site(SiteId),
    /// The team that tests a change idea: `idea:<key>/team`.
    Team(String),
    /// Leads and admins: `district`.
    District,
    /// Everybody who is signed in: `everyone`.
    Everyone,
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(person) => write!(f, "person:{person}"),
            Self::Coaches(site) => write!(f, "site:{site}/coach"),
            Self::Principals(site) => write!(f, "site:{site}/principal"),
            Self::Site(site) => write!(f, "site:{site}"),
            Self::Team(idea) => write!(f, "idea:{idea}/team"),
            Self::District => f.write_str("district"),
            Self::Everyone => f.write_str("everyone"),
        }
    }
}

impl FromStr for Audience {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: &str = "an audience's key";
        let site = |text: &str| text.parse().map_err(|_| WANTED);
        match text.split_once(':') {
            None if text == "district" => Ok(Self::District),
            None if text == "everyone" => Ok(Self::Everyone),
            Some(("person", id)) => id.parse().map(Self::Person).map_err(|_| WANTED),
            Some(("site", rest)) => match rest.split_once('/') {
                None => site(rest).map(Self::Site),
                Some((id, "coach")) => site(id).map(Self::Coaches),
                Some((id, "principal")) => site(id).map(Self::Principals),
                Some(_) => Err(WANTED),
            },
            Some(("idea", rest)) => match rest.strip_suffix("/team") {
                Some(idea) if !idea.is_empty() => Ok(Self::Team(idea.into())),
                _ => Err(WANTED),
            },
            _ => Err(WANTED),
        }
    }
}

impl Serialize for Audience {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Audience {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The audiences that a person is in, by what they do now.
pub fn audiences<'a>(
    person: PersonId,
    posts: impl IntoIterator<Item = &'a Post>,
) -> BTreeSet<Audience> {
    let mut keys = BTreeSet::from([Audience::Person(person), Audience::Everyone]);
    for post in posts {
        match (&post.place, post.role) {
            (Place::Site(site), Role::Coach) => {
                keys.extend([Audience::Site(*site), Audience::Coaches(*site)]);
            }
            (Place::Site(site), Role::Principal) => {
                keys.extend([Audience::Site(*site), Audience::Principals(*site)]);
            }
            (Place::Site(site), _) => {
                keys.insert(Audience::Site(*site));
            }
            (Place::Idea(idea), _) => {
                keys.insert(Audience::Team(idea.clone()));
            }
            (Place::District, _) => {
                keys.insert(Audience::District);
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn site() -> SiteId {
        SiteId::mint(1, [1; 10])
    }

    fn person() -> PersonId {
        PersonId::mint(1, [2; 10])
    }

    fn any_audience() -> impl Strategy<Value = Audience> {
        let person = any::<[u8; 10]>().prop_map(|random| PersonId::mint(1, random));
        let site = any::<[u8; 10]>().prop_map(|random| SiteId::mint(1, random));
        prop_oneof![
            person.prop_map(Audience::Person),
            site.clone().prop_map(Audience::Coaches),
            site.clone().prop_map(Audience::Principals),
            site.prop_map(Audience::Site),
            ".{1,20}".prop_map(Audience::Team),
            Just(Audience::District),
            Just(Audience::Everyone),
        ]
    }

    proptest! {
        #[test]
        fn a_key_is_read_as_it_is_written(audience in any_audience()) {
            prop_assert_eq!(audience.to_string().parse(), Ok(audience.clone()));
            let json = serde_json::to_string(&audience).expect("a key is a text");
            prop_assert_eq!(serde_json::from_str::<Audience>(&json).ok(), Some(audience));
        }

        #[test]
        fn no_text_makes_reading_a_key_panic(text in ".{0,60}") {
            if let Ok(audience) = text.parse::<Audience>() {
                // Ids are read in several spellings and written in one.
                prop_assert_eq!(audience.to_string().parse(), Ok(audience));
            }
        }
    }

    #[rstest]
    #[case::nothing("")]
    #[case::a_later_kind("network")]
    #[case::no_id("site:/coach")]
    #[case::an_unknown_group("site:01a21293-b600-7101-8101-010101010101/parents")]
    #[case::no_idea("idea:/team")]
    #[case::no_team("idea:three-reads")]
    fn what_is_no_key_is_refused(#[case] text: &str) {
        assert!(text.parse::<Audience>().is_err());
    }

    #[rstest]
    #[case::nobody(&[], &[])]
    #[case::teacher(&[(Role::Teacher, Place::Site(site()))], &[Audience::Site(site())])]
    #[case::coach(
        &[(Role::Coach, Place::Site(site()))],
        &[Audience::Site(site()), Audience::Coaches(site())]
    )]
    #[case::principal(
        &[(Role::Principal, Place::Site(site()))],
        &[Audience::Site(site()), Audience::Principals(site())]
    )]
    #[case::pilot(&[(Role::Pilot, Place::Idea("idea".into()))], &[Audience::Team("idea".into())])]
    #[case::lead(&[(Role::Lead, Place::District)], &[Audience::District])]
    #[case::admin(&[(Role::Admin, Place::District)], &[Audience::District])]
    #[case::two_roles(
        &[(Role::Teacher, Place::Site(site())), (Role::Lead, Place::District)],
        &[Audience::Site(site()), Audience::District]
    )]
    fn a_role_is_in_its_audiences_and_in_no_other(
        #[case] posts: &[(Role, Place)],
        #[case] wanted: &[Audience],
    ) {
        let posts: Vec<Post> = posts
            .iter()
            .map(|(role, place)| Post {
                role: *role,
                place: place.clone(),
            })
            .collect();
        let mut wanted: BTreeSet<Audience> = wanted.iter().cloned().collect();
        wanted.extend([Audience::Person(person()), Audience::Everyone]);
        assert_eq!(audiences(person(), &posts), wanted);
    }
}
