//! The files of our own that go beside a roster: bells, calendar, roles, pilots, the district, and
//! students' groups.

use super::roster::{BellRow, DayRow, DistrictRow, MailPostRow};
use super::table::Column;
use super::values::{self, one_line};
use super::{AnyTable, Reading};
use crate::domain::import::{Mode, Named, Reason, Trouble};
use crate::domain::people::Role;
use crate::sync::office::{is_idea, is_mail};
use std::collections::HashSet;

/// The longest name of a kind of day or of a period, in characters.
const SHORT_MAX_CHARS: usize = 40;

impl Reading {
    pub(super) fn bells(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (site, day_type) = (table.column("site"), table.column("daytype"));
        let (period, start, end) = (
            table.column("period"),
            table.column("start"),
            table.column("end"),
        );
        let mut seen = HashSet::new();
        let bells = self.rows(table, |reading, table| {
            let row = BellRow {
                site: table.needed(site)?,
                day_type: short(table, day_type)?,
                period: short(table, period)?,
                starts_min: time(table, start)?,
                ends_min: time(table, end)?,
                at: reading.at(table),
            };
            if row.ends_min <= row.starts_min {
                return Err(table.bad(end, Reason::EndsBefore));
            }
            let key = (
                row.site.to_lowercase(),
                row.day_type.clone(),
                row.period.clone(),
            );
            if !seen.insert(key) {
                return Err(table.bad(period, Reason::RowTwice));
            }
            Ok(Some(row))
        })?;
        self.roster.bells = Some(bells);
        Ok(())
    }

    pub(super) fn calendar(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (date, site, day_type) = (
            table.column("date"),
            table.column("site"),
            table.column("daytype"),
        );
        let mut seen = HashSet::new();
        let days = self.rows(table, |reading, table| {
            let said = table.needed(date)?;
            let day = values::day(&said).ok_or_else(|| table.bad(date, Reason::NoDay))?;
            let is_none = matches!(&*table.cell(day_type).to_ascii_lowercase(), "" | "none");
            let row = DayRow {
                site: table.said(site),
                day: day.format("%Y-%m-%d").to_string(),
                day_type: if is_none {
                    None
                } else {
                    Some(short(table, day_type)?)
                },
                at: reading.at(table),
            };
            let key = (
                row.site.as_ref().map(|site| site.to_lowercase()),
                row.day.clone(),
            );
            if !seen.insert(key) {
                return Err(table.bad(date, Reason::RowTwice));
            }
            Ok(Some(row))
        })?;
        self.roster.days = Some(days);
        Ok(())
    }

    pub(super) fn roles(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (mail, role, name) = (
            table.column("mail|email"),
            table.column("role"),
            table.column("name"),
        );
        let (site, idea) = (table.column("site"), table.column("idea"));
        let posts = self.rows(table, |reading, table| {
            let address = address(table, mail)?;
            let said = table.needed(role)?.to_ascii_lowercase();
            let held = Role::ALL.into_iter().find(|known| name_of(*known) == said);
            let held = held.ok_or_else(|| table.bad(role, Reason::NoRole))?;
            let at_site = matches!(held, Role::Teacher | Role::Principal | Role::Coach);
            let (wanted, not_wanted) = match held {
                Role::Pilot => (Some(idea), vec![site]),
                _ if at_site => (Some(site), vec![idea]),
                _ => (None, vec![site, idea]),
            };
            for column in not_wanted {
                if !table.cell(column).is_empty() {
                    return Err(table.bad(column, Reason::WrongPlace));
                }
            }
            let place = wanted.map(|column| table.needed(column)).transpose()?;
            if held == Role::Pilot && !place.as_deref().is_some_and(is_idea) {
                return Err(table.bad(idea, Reason::NoIdea));
            }
            let called =
                one_line(&table.cell(name)).ok_or_else(|| table.bad(name, Reason::NoName))?;
            Ok(Some(MailPostRow {
                mail: address,
                name: Some(called).filter(|name| !name.is_empty()),
                role: held,
                place,
                since: None,
                at: reading.at(table),
            }))
        })?;
        self.roster.roles = Some(posts);
        Ok(())
    }

    pub(super) fn pilots(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (idea, mail) = (
            table.column("idea"),
            table.column("teachermail|mail|email|teacher"),
        );
        let since = table.column("since");
        let mut seen = HashSet::new();
        let pilots = self.rows(table, |reading, table| {
            let key = table.needed(idea)?;
            if !is_idea(&key) {
                return Err(table.bad(idea, Reason::NoIdea));
            }
            let address = address(table, mail)?;
            let day = match table.said(since) {
                None => None,
                Some(said) => {
                    let day = values::day(&said).ok_or_else(|| table.bad(since, Reason::NoDay))?;
                    Some(day.format("%Y-%m-%d").to_string())
                }
            };
            if !seen.insert((key.clone(), address.to_ascii_lowercase())) {
                return Err(table.bad(mail, Reason::RowTwice));
            }
            Ok(Some(MailPostRow {
                mail: address,
                name: None,
                role: Role::Pilot,
                place: Some(key),
                since: day,
                at: reading.at(table),
            }))
        })?;
        self.roster.pilots = Some(pilots);
        Ok(())
    }

    pub(super) fn district(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (key, value) = (table.column("key"), table.column("value"));
        let mut district = DistrictRow::default();
        let mut seen = HashSet::new();
        let settings = self.rows(table, |_, table| {
            let name = super::kind::plain(&table.needed(key)?);
            let said = table.needed(value)?;
            let bad = |table: &AnyTable<'_>, reason| Err(table.bad(value, reason));
            if !seen.insert(name.clone()) {
                return Err(table.bad(key, Reason::RowTwice));
            }
            match &*name {
                "name" => match one_line(&said) {
                    Some(line) => district.name = Some(line),
                    None => return bad(table, Reason::NoName),
                },
                "timezone" => match said.parse::<chrono_tz::Tz>() {
                    Ok(zone) => district.time_zone = Some(zone.name().into()),
                    Err(_) => return bad(table, Reason::NoTimeZone),
                },
                "weekstart" => match week_day(&said) {
                    Some(day) => district.week_start = Some(day),
                    None => return bad(table, Reason::NoWeekDay),
                },
                "languages" | "language" => {
                    let languages: Option<Vec<String>> = values::list(&said)
                        .iter()
                        .map(|said| language(said))
                        .collect();
                    match languages.filter(|languages| !languages.is_empty()) {
                        Some(languages) => district.languages = Some(languages),
                        None => return bad(table, Reason::NoLanguage),
                    }
                }
                _ => return Err(table.bad(key, Reason::NoSetting)),
            }
            Ok(Some(()))
        })?;
        self.roster.district = (!settings.is_empty()).then_some(district);
        Ok(())
    }

    /// Groups of students, for the counts; where all users are there, the student has to be among them.
    pub(super) fn groups(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (user, group) = (table.column("usersourcedid"), table.column("group"));
        let has_all = self.roster.people_mode == Mode::Bulk;
        self.rows(table, |reading, table| {
            let known = values::group(&table.needed(group)?);
            let known = known.ok_or_else(|| table.bad(group, Reason::NoGroup))?;
            let student = table.needed(user)?;
            if !has_all {
                reading.students.add(&student, None);
            }
            if !reading.students.group(&student, known) && !reading.students.has_other(&student) {
                return Err(table.bad(user, Reason::NoSuch { what: Named::User }));
            }
            Ok(None::<()>)
        })?;
        Ok(())
    }
}

/// A short name on one line.
fn short(table: &mut AnyTable<'_>, column: Column) -> Result<String, Trouble> {
    let said = table.needed(column)?;
    let line = one_line(&said).filter(|line| line.chars().count() <= SHORT_MAX_CHARS);
    line.filter(|line| !line.is_empty())
        .ok_or_else(|| table.bad(column, Reason::NoName))
}

fn time(table: &mut AnyTable<'_>, column: Column) -> Result<u16, Trouble> {
    let said = table.needed(column)?;
    values::minutes(&said).ok_or_else(|| table.bad(column, Reason::NoTime))
}

fn address(table: &mut AnyTable<'_>, column: Column) -> Result<String, Trouble> {
    let said = table.needed(column)?;
    match is_mail(&said) {
        true => Ok(said),
        false => Err(table.bad(column, Reason::NoMail)),
    }
}

fn name_of(role: Role) -> &'static str {
    match role {
        Role::Teacher => "teacher",
        Role::Principal => "principal",
        Role::Coach => "coach",
        Role::Pilot => "pilot",
        Role::Lead => "lead",
        Role::Admin => "admin",
    }
}

fn week_day(text: &str) -> Option<u8> {
    let day = text.parse::<chrono::Weekday>().ok()?;
    u8::try_from(day.number_from_monday()).ok()
}

fn language(text: &str) -> Option<String> {
    match &*text.to_ascii_lowercase() {
        "en" | "english" => Some("en".into()),
        "es" | "spanish" | "español" => Some("es".into()),
        _ => None,
    }
}
