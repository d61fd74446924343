//! The agreement: what the labour terms of a district let the software do.
//!
//! It is configuration with a version and a date, shown to every teacher in words that `text` makes
//! from these values, and enforced on the server: in what counts and what is shown. A device keeps names off
//! its forms by it and stops no visit.

mod visit;

pub use visit::Pace;

use super::json;
use super::problem::Problem;
use super::visibility::{Relation, Row, Sight, sight};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// How old a record may be for its own clock to be believed, in days: a summer on a tablet without a network.
pub const CLOCK_BELIEVED_DAYS: i64 = 90;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The moment by which the agreement of a record is chosen: when the device says that it was, as far as that
/// can be. A clock that says a time after the server received the record, or more than
/// [`CLOCK_BELIEVED_DAYS`] before, is not believed, and the server's stands. All in milliseconds since 1970.
///
/// Neither clock can choose a version freely: one that is set back reaches no version that ended before
/// those days, and none is reached that does not hold yet.
pub fn day(at_utc_ms: i64, received_at_utc_ms: i64) -> i64 {
    let earliest = received_at_utc_ms.saturating_sub(CLOCK_BELIEVED_DAYS * DAY_MS);
    match (earliest..=received_at_utc_ms).contains(&at_utc_ms) {
        true => at_utc_ms,
        false => received_at_utc_ms,
    }
}

/// How much of a version of the agreement this version of Lookfor could read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading {
    /// All of it.
    #[default]
    Whole,
    /// It says something beside, which was passed over.
    InPart,
    /// No more than its number and its date, if these: the rest is the careful choice.
    NotAtAll,
}

/// One version of the agreement.
///
/// Whoever reads one passes over fields and cells that it does not know, as everywhere in the protocol; the
/// server alone is strict, where one is adopted. `version` and `from_utc_ms` are in every version, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// From 1, which is built in; each version that is adopted has a larger one.
    pub version: u32,
    /// From when it holds, in milliseconds since 1970.
    pub from_utc_ms: i64,
    /// Whether a form names the teacher. If not, a visit has a number, and its teacher takes it by a code.
    pub names: bool,
    /// The longest visit, in minutes; longer ones are another kind of observation.
    pub minutes_max: u16,
    /// From how many observers on a teacher is told before; none when never.
    pub notice_from_observers: Option<u8>,
    /// Within how many school days the teacher gets a copy; 0 is the same day.
    pub copy_within_days: u8,
    /// Whether a teacher may be visited by a peer only if they said yes to it.
    pub peer_visits_voluntary: bool,
    /// After how many days words are erased; none when they are kept.
    pub words_kept_days: Option<u16>,
    /// Cells of the table of who sees what that this district closes.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "known_cells"
    )]
    pub withheld: Vec<Withheld>,
    /// How much of it was read. It is no part of what travels.
    #[serde(skip)]
    pub read: Reading,
}

/// The cells of rows and columns that this version knows.
fn known_cells<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Withheld>, D::Error> {
    let cells = Vec::<Value>::deserialize(deserializer)?;
    let known = cells.iter().filter_map(|cell| json::read_value(cell).ok());
    Ok(known.collect())
}

/// A cell of the table of who sees what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// What is not shown.
    pub row: Row,
    /// To whom.
    pub from: Relation,
}

/// Who else stands in a column of the table: whoever reads what these read.
fn among(relation: Relation) -> &'static [Relation] {
    use Relation::{Coach, Colleague, District, Other, Principal, Team};
    match relation {
        Colleague => &[Coach, Principal],
        Other => &[Coach, Principal, Team, District, Colleague],
        _ => &[],
    }
}

/// The largest whole number that every reader of JSON reads as it was written.
const MS_MAX: i64 = (1 << 53) - 1;

impl Agreement {
    /// What holds before a district has set anything: the careful choice of each value that was seen in
    /// a real contract.
    pub fn first() -> Self {
        Self {
            version: 1,
            from_utc_ms: 0,
            names: true,
            minutes_max: 10,
            notice_from_observers: Some(3),
            copy_within_days: 0,
            peer_visits_voluntary: true,
            words_kept_days: Some(365),
            withheld: Vec::new(),
            read: Reading::Whole,
        }
    }

    /// One version, from its document as a device holds it. Of what cannot be read the number and the date are
    /// taken, and the careful choice for the rest: no names on forms. What has no date holds from `at_utc_ms` on.
    fn of_document(text: &str, at_utc_ms: i64) -> Self {
        let document = json::parsed(text).unwrap_or_default();
        let body = document.get("body").unwrap_or(&Value::Null);
        if let Ok(agreement) = json::read_value::<Self>(body) {
            let read = agreement.reading(body);
            return Self { read, ..agreement };
        }
        let number = |name| body.get(name).and_then(Value::as_i64);
        Self {
            version: number("version")
                .and_then(|version| version.try_into().ok())
                .unwrap_or(0),
            from_utc_ms: number("from_utc_ms").unwrap_or(at_utc_ms),
            names: false,
            read: Reading::NotAtAll,
            ..Self::first()
        }
    }

    /// Whether its body says something beside.
    fn reading(&self, body: &Value) -> Reading {
        /// The fields that are always written; `withheld` is written where there is something in it.
        const ALWAYS: usize = 8;
        let withheld = body.get("withheld").and_then(Value::as_array);
        let fields = body.as_object().map_or(0, serde_json::Map::len);
        let known = fields <= ALWAYS + usize::from(withheld.is_some());
        match known && withheld.map_or(0, Vec::len) == self.withheld.len() {
            true => Reading::Whole,
            false => Reading::InPart,
        }
    }

    /// Whether the values make sense together.
    ///
    /// # Errors
    /// [`Problem::Malformed`] with the field's name as its place.
    pub fn check(&self) -> Result<(), Problem> {
        let checks = [
            ("agreement.version", self.version >= 1, "a number from 1"),
            (
                "agreement.from_utc_ms",
                // Larger numbers are not the same in every program that reads JSON (RFC 8259, section 6).
                (-MS_MAX..=MS_MAX).contains(&self.from_utc_ms),
                "milliseconds since 1970",
            ),
            (
                "agreement.minutes_max",
                (3..=90).contains(&self.minutes_max),
                "3 to 90 minutes",
            ),
            (
                "agreement.notice_from_observers",
                self.notice_from_observers.is_none_or(|from| from >= 1),
                "a number from 1, or nothing",
            ),
            (
                "agreement.copy_within_days",
                self.copy_within_days <= 10,
                "0 to 10 school days",
            ),
            (
                "agreement.words_kept_days",
                self.words_kept_days
                    .is_none_or(|days| (1..=3650).contains(&days)),
                "1 to 3650 days, or nothing",
            ),
            (
                "agreement.withheld",
                // The teacher sees a record from the moment that anyone else can (Ed Code 44031).
                !self
                    .withheld
                    .iter()
                    .any(|cell| matches!(cell.from, Relation::Teacher | Relation::Observer)),
                "cells of others than the teacher and the observer",
            ),
            (
                "agreement.withheld",
                self.withheld.iter().zip(0..).all(|(cell, before)| {
                    !self.withheld.iter().take(before).any(|one| one == cell)
                }),
                "each cell once",
            ),
        ];
        match checks.into_iter().find(|(_, holds, _)| !holds) {
            None => Ok(()),
            Some((place, _, wanted)) => Err(Problem::Malformed {
                place: place.into(),
                reason: wanted.into(),
            }),
        }
    }

    /// Whether a visit of so many observers needs notice.
    pub fn needs_notice(&self, observers: u8) -> bool {
        self.notice_from_observers
            .is_some_and(|from| observers >= from)
    }

    /// Whether this district closes a cell of the table of who sees what. What is closed to some is closed to all with
    /// whom they would read it: a principal is a colleague, too, and everybody of the district reads what others do.
    pub fn withholds(&self, row: Row, from: Relation) -> bool {
        let closed = |from| self.withheld.contains(&Withheld { row, from });
        closed(from) || among(from).iter().any(|one| closed(*one))
    }

    /// All cells that are closed and would show something: those that are named, and those that follow from them.
    pub fn closed(&self) -> Vec<Withheld> {
        let mut closed = self.withheld.clone();
        for row in Row::ALL {
            let follow = Relation::ALL
                .into_iter()
                .map(|from| Withheld { row, from })
                .filter(|cell| {
                    sight(row, cell.from) != Sight::No && self.withholds(row, cell.from)
                });
            for cell in follow {
                if !closed.contains(&cell) {
                    closed.push(cell);
                }
            }
        }
        closed
    }

    /// Before which moment words were written that are to be erased now; none when they are kept.
    pub fn words_due_before(&self, now_utc_ms: i64) -> Option<i64> {
        self.words_kept_days
            .map(|days| now_utc_ms.saturating_sub(i64::from(days) * DAY_MS))
    }
}

/// The versions of a district's agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreements(Vec<Agreement>);

impl Agreements {
    /// These versions, in any order, after [`Agreement::first`].
    pub fn of(mut versions: Vec<Agreement>) -> Self {
        versions.sort_by_key(|agreement| (agreement.from_utc_ms, agreement.version));
        // What is adopted for a day to come leaves the days before it as they were.
        if !versions.iter().any(|agreement| agreement.version <= 1) {
            versions.insert(0, Agreement::first());
        }
        Self(versions)
    }

    /// Those of the documents that a device has; none when it has none. What has no date holds from `at_utc_ms` on. A version
    /// that this Lookfor cannot read is none of those it may pass over: see [`Reading`].
    pub fn read(documents: &[&str], at_utc_ms: i64) -> Option<Self> {
        let versions = documents
            .iter()
            .map(|text| Agreement::of_document(text, at_utc_ms));
        let versions: Vec<_> = versions.collect();
        (!versions.is_empty()).then(|| Self::of(versions))
    }

    /// What a teacher is told of a visit that is shown by this version: that, but for how long words are kept, which is
    /// as it holds at the moment. Without that version the one that holds.
    pub fn told_of(&self, version: u32, at_utc_ms: i64) -> Agreement {
        let now = self.at(at_utc_ms);
        let shown_by = self.0.iter().find(|one| one.version == version);
        Agreement {
            words_kept_days: now.words_kept_days,
            ..shown_by.unwrap_or(now).clone()
        }
    }

    /// The one that holds at a moment: the latest whose date has come; before all dates, the first.
    pub fn at(&self, at_utc_ms: i64) -> &Agreement {
        self.0
            .iter()
            .rev()
            .find(|agreement| agreement.from_utc_ms <= at_utc_ms)
            .or(self.0.first())
            .expect("there is at least the first")
    }

    /// All versions, by date.
    pub fn all(&self) -> &[Agreement] {
        &self.0
    }
}

#[cfg(test)]
mod tests;
