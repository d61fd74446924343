//! The registers of the office: lists for its pages.

mod devices;
mod people;
mod places;

use super::SqliteStore;
use super::ask::malformed;
use super::people::{both_only_met, had_left, is_known, place_text};
use super::tokens::uuid;
use super::{ideas, office};
use crate::domain::collect::look_for::Bilingual;
use crate::domain::event::Fact;
use crate::domain::id::{ClassId, PersonId, SiteId};
use crate::domain::people::{PersonMerged, Place};
use crate::domain::problem::Problem;
use crate::report::office::devices::DeviceLine;
use crate::report::office::ideas::{IdeaName, KnownIdea};
use crate::report::office::people::{Choice, PersonLine, PersonSheet};
use crate::report::office::places::{ClassLine, SiteLine};
use crate::server::chance::Chance;
use crate::server::store::people::Asked;
use crate::server::store::registers::{
    DevicesAsked, LINES, Listed, PeopleAsked, Registers, SitesAsked,
};
use crate::server::store::{Caller, Later};
use rusqlite::{Connection, Row, ToSql};
use std::collections::BTreeMap;

impl Registers for SqliteStore {
    fn find_people(&self, asked: PeopleAsked, now_utc_ms: i64) -> Later<'_, Listed<PersonLine>> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            people::find(&transaction, &asked, now_utc_ms)
        })
    }

    fn person_sheet(&self, person: PersonId, now_utc_ms: i64) -> Later<'_, Option<PersonSheet>> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            people::sheet(&transaction, person, now_utc_ms)
        })
    }

    fn find_devices(&self, asked: DevicesAsked) -> Later<'_, Listed<DeviceLine>> {
        self.read(move |connection| devices::find(connection, &asked))
    }

    fn find_sites(&self, asked: SitesAsked) -> Later<'_, Listed<SiteLine>> {
        self.read(move |connection| places::find_sites(connection, &asked, None))
    }

    fn find_classes(
        &self,
        site: SiteId,
        after: Option<ClassId>,
    ) -> Later<'_, Option<(SiteLine, Listed<ClassLine>)>> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            places::find_classes(&transaction, site, after)
        })
    }

    fn class_line(&self, class: ClassId) -> Later<'_, Option<(SiteId, ClassLine)>> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            places::class(&transaction, class)
        })
    }

    fn site_choices(&self) -> Later<'_, Vec<Choice>> {
        self.read(|connection| {
            connection
                .prepare_cached("select id, name from site order by name collate nocase, id")?
                .query_map([], row_to_choice)?
                .collect()
        })
    }

    fn teacher_choices(&self, site: SiteId) -> Later<'_, Vec<Choice>> {
        self.read(move |connection| {
            connection
                .prepare_cached(include_str!("register_teachers.sql"))?
                .query_map([place_text(&Place::Site(site))], row_to_choice)?
                .collect()
        })
    }

    fn known_ideas(&self) -> Later<'_, Vec<KnownIdea>> {
        self.read(|connection| known_ideas(connection))
    }

    fn merge(
        &self,
        by: Caller,
        from: PersonId,
        into: PersonId,
        random: Chance,
        now_utc_ms: i64,
    ) -> Asked<'_, ()> {
        self.ask(move |transaction| {
            if from == into {
                return Err(malformed("from", "another entry"));
            }
            for entry in [from, into] {
                if !is_known(transaction, entry)? {
                    return Err(Problem::NotFound.into());
                }
            }
            let fact = PersonMerged { from, into };
            if had_left(transaction, into, now_utc_ms)? || both_only_met(transaction, &fact)? {
                return Err(Problem::NotAllowed.into());
            }
            let fact = Fact::PersonMerged(fact);
            let words = BTreeMap::new();
            office::record(transaction, by.person, &fact, words, now_utc_ms, random)?;
            Ok(())
        })
    }
}

/// Every change idea that is known here, by key.
pub(super) fn known_ideas(connection: &Connection) -> rusqlite::Result<Vec<KnownIdea>> {
    connection
        .prepare_cached(include_str!("register_ideas.sql"))?
        .query_map([], |row| {
            let state: Option<String> = row.get("state")?;
            Ok(KnownIdea {
                name: idea_name(row, row.get("key")?)?,
                state: state.as_deref().map(ideas::state).transpose()?,
                is_met: row.get("is_met")?,
            })
        })?
        .collect()
}

/// The name of an idea, from `title_en` and `title_es`.
fn idea_name(row: &Row, key: String) -> rusqlite::Result<IdeaName> {
    let en: Option<String> = row.get("title_en")?;
    let es: Option<String> = row.get("title_es")?;
    let title = en.zip(es).map(|(en, es)| Bilingual { en, es });
    Ok(IdeaName { key, title })
}

/// An id and a name to choose by.
fn row_to_choice(row: &Row) -> rusqlite::Result<Choice> {
    let name: Option<String> = row.get("name")?;
    Ok(Choice {
        id: uuid(row, "id")?.to_string(),
        name: name.unwrap_or_default(),
    })
}

/// What is searched, as `like` wants it and as the lists compare it: in small letters, without accents.
/// None for everything.
fn like(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let mut pattern = String::from("%");
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'á' => pattern.push('a'),
            'é' => pattern.push('e'),
            'í' => pattern.push('i'),
            'ó' => pattern.push('o'),
            'ú' | 'ü' => pattern.push('u'),
            'ñ' => pattern.push('n'),
            '%' | '_' | '\\' => pattern.extend(['\\', letter]),
            letter => pattern.push(letter),
        }
    }
    pattern.push('%');
    Some(pattern)
}

/// One line more than a page has says whether there is another page.
const LIMIT: i64 = LINES as i64 + 1;

/// A page of lines, each with the number of all in `all_lines`.
fn listed<T>(
    connection: &Connection,
    sql: &str,
    parameters: &[(&str, &dyn ToSql)],
    mut line: impl FnMut(&Row) -> rusqlite::Result<T>,
) -> rusqlite::Result<Listed<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let (mut lines, mut all, mut more) = (Vec::new(), 0, false);
    while let Some(row) = rows.next()? {
        all = row.get("all_lines")?;
        if lines.len() == LINES {
            more = true;
            break;
        }
        lines.push(line(row)?);
    }
    Ok(Listed { lines, all, more })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing("  ", None)]
    #[case::accents(" NÚÑEZ", Some("%nunez%"))]
    #[case::signs_of_like("50%_\\", Some(r"%50\%\_\\%"))]
    fn what_is_searched_is_compared_without_case_and_accents(
        #[case] text: &str,
        #[case] pattern: Option<&str>,
    ) {
        assert_eq!(like(text).as_deref(), pattern);
    }
}
