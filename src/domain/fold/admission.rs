//! Whether a visit counts: who may visit whom, and what the agreement of its day says of it.
//!
//! A record is never lost: what does not count stays with its observer, who is told why. Posts, people and
//! a teacher's yes may be entered after the visit was recorded; then it counts from then on.

use super::cast::Cast;
use crate::domain::agreement::Agreement;
use crate::domain::collect::walkthrough::{Setting, Whom};
use crate::domain::id::PersonId;
use crate::domain::people::{Place, Role};
use crate::domain::place::Day;
use crate::domain::problem::Problem;

const MINUTE_MS: i64 = 60 * 1000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// For how many days after its own a welcome lets in what the server receives: a tablet without a network needs some, and
/// the day of a visit is its observer's word.
const WELCOMED_FOR_DAYS: i64 = 14;

/// What became of the question whether a visit counts.
pub(super) struct Admission {
    /// Why it makes nothing for others; none when it counts.
    pub(super) refused: Option<Problem>,
    /// Each rule of the agreement that it does not keep.
    pub(super) breaks: Vec<Problem>,
}

/// How an observer comes to a visit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visitor {
    /// Leads or coaches the site, or leads or looks after the district.
    Office,
    /// Teaches at the site, or is with the teacher in the team that tests the idea.
    Peer,
}

impl Admission {
    /// The answer for a visit that the server received then, in milliseconds since 1970, under the agreement of its
    /// day.
    pub(super) fn of(cast: &Cast, received_at_utc_ms: i64, agreement: &Agreement) -> Self {
        let not_allowed = Self {
            refused: Some(Problem::NotAllowed),
            breaks: Vec::new(),
        };
        let Some(setting) = &cast.walkthrough.setting else {
            // It says neither where nor whom: it can only be counted, for somebody who works here.
            let works_here = cast.people.all_held_by(cast.observer).next().is_some();
            return Self {
                refused: not_allowed.refused.filter(|_| !works_here),
                breaks: Vec::new(),
            };
        };
        let named = matches!(setting.whom, Whom::Named { .. });
        let Some(visitor) = visitor(cast, setting) else {
            return not_allowed;
        };
        if named && !cast.teaches_here() {
            return not_allowed;
        }
        // Who takes a numbered visit with its code has said yes to it by that. The day of a visit is its
        // observer's word; when it was received is not.
        let peer = visitor == Visitor::Peer;
        let asked = match cast.teacher {
            Some(teacher) if named && peer && teacher != cast.observer => {
                // Whom the office does not know is not told who said yes, by no answer either.
                !cast.people.was_only_met(cast.observer)
                    && (cast.people.agrees_to_peers(teacher, received_at_utc_ms)
                        || welcomed(cast, setting, teacher, received_at_utc_ms))
            }
            // Where forms may name the teacher, a number is no way round asking them.
            None if peer => !agreement.names,
            _ => true,
        };
        let told = setting.notice_given || !agreement.needs_notice(setting.observers);
        // In this order they are told. Whether they keep the visit from others: that nobody asked or told
        // the teacher cannot be mended by showing what was seen; a visit that took too long can.
        let rules = [
            (
                "peer_visits_voluntary",
                asked || !agreement.peer_visits_voluntary,
                true,
            ),
            ("notice_from_observers", told, true),
            (
                "minutes_max",
                setting.minutes <= agreement.minutes_max,
                false,
            ),
            ("names", agreement.names || !named, false),
        ];
        let broken = rules.into_iter().filter(|(_, kept, _)| !kept);
        let broken: Vec<(Problem, bool)> = broken
            .map(|(field, _, refuses)| (says_no(field), refuses))
            .collect();
        let refused = broken.iter().find(|(_, refuses)| *refuses);
        Self {
            refused: refused.map(|(problem, _)| problem.clone()),
            breaks: broken.into_iter().map(|(problem, _)| problem).collect(),
        }
    }
}

/// Whether the teacher welcomed peers to this very lesson: on the day on which it was visited, by the wall of whoever
/// visited.
fn welcomed(cast: &Cast, setting: &Setting, teacher: PersonId, received_at_utc_ms: i64) -> bool {
    let begun = cast.walkthrough.begun;
    // What earlier versions took may say any wall.
    if !begun.is_possible() {
        return false;
    }
    let class = match setting.whom {
        Whom::Named { class, .. } => class,
        Whom::Numbered { .. } => None,
    };
    let wall_day = |at_utc_ms: i64| {
        let at_utc_ms = at_utc_ms.saturating_add(i64::from(begun.offset_min) * MINUTE_MS);
        Day::from_epoch(at_utc_ms.div_euclid(DAY_MS))
    };
    // A clock that is ahead comes to no day before it has come.
    let day = wall_day(begun.at_utc_ms.min(received_at_utc_ms));
    day.zip(wall_day(received_at_utc_ms))
        .is_some_and(|(day, received)| {
            let lesson = (setting.site, class, day);
            received <= day.plus(WELCOMED_FOR_DAYS)
                && cast
                    .people
                    .welcomes_peers(teacher, lesson, received_at_utc_ms)
        })
}

fn says_no(field: &str) -> Problem {
    Problem::AgreementSaysNo {
        field: field.into(),
    }
}

/// How the observer comes to the visit; none when they may not visit there. A role that they had at any time
/// is enough: what was done in a role stays done.
fn visitor(cast: &Cast, setting: &Setting) -> Option<Visitor> {
    let (people, observer) = (cast.people, cast.observer);
    let site = Place::Site(setting.site);
    let held = |person: PersonId, role, place: &Place| people.has_held(person, role, place);
    let office = held(observer, Role::Principal, &site)
        || held(observer, Role::Coach, &site)
        || held(observer, Role::Lead, &Place::District)
        || held(observer, Role::Admin, &Place::District);
    if office {
        return Some(Visitor::Office);
    }
    let idea = Place::Idea(cast.walkthrough.form.key.clone());
    // A numbered visit has no teacher before somebody took it: until then only the site decides.
    let in_one_team = held(observer, Role::Pilot, &idea)
        && cast
            .teacher
            .is_some_and(|teacher| held(teacher, Role::Pilot, &idea));
    (held(observer, Role::Teacher, &site) || in_one_team).then_some(Visitor::Peer)
}
