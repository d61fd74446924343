//! The agreement.

use super::desk::{Answer, Office, Posted, Refused, to};
use super::form::Fields;
use crate::domain::agreement::{Agreement, Agreements, Withheld};
use crate::domain::problem::Problem;
use crate::report::office::agreement::{self as report, Typed, cell, open_cells};
use crate::server::routes::now_utc_ms;
use crate::text::office::agreement::AgreementSay;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, NaiveTime};

/// The page.
pub async fn page(office: Office) -> Answer {
    let agreements = all(&office).await?;
    let mut versions = agreements.all().to_vec();
    versions.sort_by_key(|one| one.version);
    let now = agreements.at(now_utc_ms());
    Ok(office.page(|frame| report::agreement(frame, &versions, now)))
}

/// The form, filled with the newest version.
pub async fn change(office: Office) -> Answer {
    office.admin()?;
    let newest = newest(&all(&office).await?);
    form(&office, StatusCode::OK, &Typed::of(&newest))
}

/// How teachers will read what was typed.
pub async fn preview(Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let mut typed = typed(&fields);
    if fields.get("act") == "back" {
        return form(&office, StatusCode::OK, &typed);
    }
    let newest = newest(&all(&office).await?);
    let next = match read(
        &typed,
        newest.version.saturating_add(1),
        (office.seated.offset_min, now_utc_ms()),
    ) {
        Ok(next) => next,
        Err(wrong) => {
            typed.wrong = wrong;
            return form(&office, StatusCode::BAD_REQUEST, &typed);
        }
    };
    if says_the_same(&next, &newest) {
        typed.wrong.push(("", AgreementSay::Same));
        return form(&office, StatusCode::BAD_REQUEST, &typed);
    }
    let path = "/office/agreement/change";
    Ok(office.page_as(StatusCode::OK, path, |frame| {
        report::preview(frame, &typed, &next)
    }))
}

/// Adopts what was read.
pub async fn adopt(Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let mut typed = typed(&fields);
    let newest = newest(&all(&office).await?);
    let version = fields.id("version").unwrap_or(0);
    let now = now_utc_ms();
    let next = match read(&typed, version, (office.seated.offset_min, now)) {
        Ok(next) => next,
        Err(wrong) => {
            typed.wrong = wrong;
            return form(&office, StatusCode::BAD_REQUEST, &typed);
        }
    };
    // The same form again: it is adopted.
    if newest.version == version && says_the_same(&next, &newest) {
        return Ok(to("/office/agreement", "adopted"));
    }
    let adopted = if Some(version) == newest.version.checked_add(1) {
        let by = office.seated.caller.person;
        let adopted = office.shared.store.adopt(next, by, now);
        office.stored(adopted.await)?
    } else {
        Err(Problem::IdTaken)
    };
    match adopted {
        Ok(()) => Ok(to("/office/agreement", "adopted")),
        Err(_) => {
            typed.wrong.push(("", AgreementSay::Overtaken));
            form(&office, StatusCode::CONFLICT, &typed)
        }
    }
}

fn form(office: &Office, status: StatusCode, typed: &Typed) -> Answer {
    let path = "/office/agreement/change";
    Ok(office.page_as(status, path, |frame| report::change(frame, typed)))
}

async fn all(office: &Office) -> Result<Agreements, Refused> {
    let adopted = office.stored(office.shared.store.agreements().await)?;
    Ok(Agreements::of(adopted))
}

fn newest(agreements: &Agreements) -> Agreement {
    let newest = agreements.all().iter().max_by_key(|one| one.version);
    newest.cloned().unwrap_or_else(Agreement::first)
}

/// Whether two versions differ in number and date alone.
fn says_the_same(one: &Agreement, other: &Agreement) -> bool {
    let plain = |agreement: &Agreement| {
        let mut plain = Agreement {
            version: 1,
            from_utc_ms: 0,
            ..agreement.clone()
        };
        plain
            .withheld
            .sort_unstable_by_key(|closed| (closed.row, closed.from));
        plain
    };
    plain(one) == plain(other)
}

fn typed(fields: &Fields) -> Typed {
    Typed {
        names: fields.text("names"),
        minutes: fields.text("minutes"),
        notice: fields.text("notice"),
        copy: fields.text("copy"),
        peers: fields.text("peers"),
        kept: fields.text("kept"),
        withheld: fields.all("withheld"),
        from: fields.text("from"),
        wrong: Vec::new(),
    }
}

/// The version that was typed, by an admin on whose wall it is so many minutes more than in UTC, at `now`. One that
/// holds from the day on which it is adopted holds from that moment.
///
/// # Errors
/// What is wrong, by the name of the field.
fn read(
    typed: &Typed,
    version: u32,
    (offset_min, now): (i16, i64),
) -> Result<Agreement, Vec<(&'static str, AgreementSay)>> {
    let mut wrong = Vec::new();
    let from = match typed.from.as_str() {
        "" => Some(now),
        day => beginning(day, offset_min)
            .filter(|from| *from > now - DAY_MS)
            .map(|from| from.max(now)),
    };
    let agreement = Agreement {
        version,
        from_utc_ms: from.unwrap_or(now),
        names: typed.names != "no",
        minutes_max: number(&typed.minutes).unwrap_or(0),
        notice_from_observers: optional(&typed.notice, 0),
        copy_within_days: number(&typed.copy).unwrap_or(u8::MAX),
        peer_visits_voluntary: typed.peers != "free",
        words_kept_days: optional(&typed.kept, 0),
        withheld: withheld(&typed.withheld),
        ..Agreement::first()
    };
    if from.is_none() {
        wrong.push(("from", AgreementSay::WrongDate));
    }
    // Each value by itself, so that all that is wrong is said at once.
    let first = Agreement::first();
    let checks = [
        (
            "minutes",
            AgreementSay::WrongMinutes,
            Agreement {
                minutes_max: agreement.minutes_max,
                ..first.clone()
            },
        ),
        (
            "notice",
            AgreementSay::WrongNotice,
            Agreement {
                notice_from_observers: agreement.notice_from_observers,
                ..first.clone()
            },
        ),
        (
            "copy",
            AgreementSay::WrongCopy,
            Agreement {
                copy_within_days: agreement.copy_within_days,
                ..first.clone()
            },
        ),
        (
            "kept",
            AgreementSay::WrongKept,
            Agreement {
                words_kept_days: agreement.words_kept_days,
                ..first
            },
        ),
    ];
    let refused = checks.iter().filter(|(_, _, one)| one.check().is_err());
    wrong.extend(refused.map(|(field, say, _)| (*field, *say)));
    match wrong.is_empty() && agreement.check().is_ok() {
        true => Ok(agreement),
        false => Err(wrong),
    }
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.parse().ok()
}

/// A number or nothing; what is neither becomes `odd`, which no check lets through.
fn optional<N: std::str::FromStr>(text: &str, odd: N) -> Option<N> {
    match text {
        "" => None,
        text => Some(number(text).unwrap_or(odd)),
    }
}

/// When a day begins on the reader's wall.
fn beginning(day: &str, offset_min: i16) -> Option<i64> {
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let local = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
    let at = local.checked_sub(i64::from(offset_min) * 60_000)?;
    DateTime::from_timestamp_millis(at).map(|_| at)
}

/// The cells that were marked; what is none of the open ones is left out.
fn withheld(marked: &[String]) -> Vec<Withheld> {
    let cells = open_cells().into_iter().flat_map(|(row, relations)| {
        let cells = relations.into_iter();
        cells.map(move |from| Withheld { row, from })
    });
    cells
        .filter(|one| marked.contains(&cell(one.row, one.from)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// 2026-12-01T12:00 in UTC.
    const NOW: i64 = 1_796_126_400_000;

    fn first() -> Typed {
        Typed::of(&Agreement::first())
    }

    #[rstest]
    #[case::at_once("", 0)]
    #[case::today("2026-12-01", 0)]
    #[case::tomorrow("2026-12-02", DAY_MS / 2)]
    fn no_version_holds_before_it_is_adopted(#[case] from: &str, #[case] in_ms: i64) {
        let typed = Typed {
            from: from.into(),
            ..first()
        };
        let read = read(&typed, 2, (0, NOW)).expect("it makes sense");
        assert_eq!(read.from_utc_ms, NOW + in_ms);
    }

    #[test]
    fn what_a_version_says_is_typed_and_read_again() {
        let closed = |row, from| Withheld { row, from };
        use crate::domain::visibility::{Relation, Row};
        let agreement = Agreement {
            names: false,
            minutes_max: 25,
            notice_from_observers: None,
            copy_within_days: 3,
            peer_visits_voluntary: false,
            words_kept_days: None,
            withheld: vec![
                closed(Row::Support, Relation::District),
                closed(Row::Measures, Relation::Other),
            ],
            ..Agreement::first()
        };
        let read = read(&Typed::of(&agreement), 2, (0, NOW)).expect("it makes sense");
        assert!(says_the_same(&read, &agreement));
    }

    #[rstest]
    #[case::minutes("minutes", Typed { minutes: "2".into(), ..first() })]
    #[case::no_minutes("minutes", Typed { minutes: String::new(), ..first() })]
    #[case::words("notice", Typed { notice: "often".into(), ..first() })]
    #[case::notice_of_none("notice", Typed { notice: "0".into(), ..first() })]
    #[case::copy("copy", Typed { copy: "11".into(), ..first() })]
    #[case::kept("kept", Typed { kept: "4000".into(), ..first() })]
    #[case::past("from", Typed { from: "2020-01-01".into(), ..first() })]
    #[case::yesterday("from", Typed { from: "2026-11-30".into(), ..first() })]
    #[case::no_day("from", Typed { from: "soon".into(), ..first() })]
    fn what_makes_no_sense_is_said_at_its_field(#[case] field: &str, #[case] typed: Typed) {
        let wrong = read(&typed, 2, (0, NOW)).expect_err("it makes none");
        let fields: Vec<&str> = wrong.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, [field]);
    }

    #[test]
    fn a_day_begins_on_the_wall_of_the_reader() {
        // 2026-12-01T00:00 in California is 08:00 in UTC.
        assert_eq!(beginning("2026-12-01", -480), Some(1_796_112_000_000));
        assert_eq!(beginning("2026-02-30", 0), None);
    }
}
