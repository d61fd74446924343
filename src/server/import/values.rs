//! Cells as values: days, times, years, grades, groups, names, lists.

use crate::domain::unseen::is_unseen;
use chrono::{Datelike, NaiveDate, NaiveTime};

/// The month in which a new school year begins where nothing else is said.
const NEW_YEAR_MONTH: u32 = 7;
/// Students' groups that are counted: those of California's accountability, and nothing that could be
/// a name.
const GROUPS: [&str; 23] = [
    "EL",
    "LTEL",
    "EVER-EL",
    "RFEP",
    "IFEP",
    "EO",
    "SED",
    "SWD",
    "IEP",
    "504",
    "FOSTER",
    "HOMELESS",
    "MIGRANT",
    "MILITARY",
    "GATE",
    "ASIAN",
    "BLACK",
    "FILIPINO",
    "HISPANIC",
    "NATIVE",
    "PACIFIC",
    "WHITE",
    "TWO-OR-MORE",
];

/// A day: ISO 8601, with or without a time behind it, or M/D/YYYY as it is written in the US.
pub fn day(text: &str) -> Option<NaiveDate> {
    let (first, rest) = match text.find(['T', ' ']) {
        Some(end) => text.split_at_checked(end)?,
        None => (text, ""),
    };
    // What stands behind the day is a time and says nothing that is needed here.
    let is_time = rest
        .chars()
        .skip(1)
        .all(|c| c.is_ascii_alphanumeric() || ":.+- ".contains(c));
    let day = match first.contains('/') {
        true => us_day(first),
        false => iso_day(first),
    };
    day.filter(|day| is_time && (1900..2300).contains(&day.year()))
}

fn iso_day(text: &str) -> Option<NaiveDate> {
    let has_shape = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    has_shape.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())?
}

fn us_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('/');
    let mut next = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        let fits = digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok())?
    };
    let (month, day, year) = (next(1..=2)?, next(1..=2)?, next(4..=4)?);
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    day.filter(|_| parts.next().is_none())
}

/// A time of day in minutes since midnight: `8:05`, `08:05:00`, `1:05 PM`.
pub fn minutes(text: &str) -> Option<u16> {
    let text = text.trim().to_ascii_uppercase().replace('.', "");
    let time = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(&text, format).ok())?;
    use chrono::Timelike;
    u16::try_from(time.hour() * 60 + time.minute()).ok()
}

/// The calendar year in which a school year ends: `2027`, `2026-2027`, `2026-27` or with a slash.
pub fn school_year(text: &str) -> Option<u16> {
    let year = |text: &str| {
        let fits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| text.parse::<u16>().ok())?
    };
    let ends = match text.split_once(['-', '/', '–']) {
        None => year(text.trim())?,
        Some((from, to)) => {
            let (from, to) = (year(from.trim())?, to.trim());
            let ends = match to.len() {
                2 => year(&format!("{}{to}", (from + 1) / 100)),
                _ => year(to),
            };
            ends.filter(|ends| *ends == from + 1)?
        }
    };
    (1990..=2200).contains(&ends).then_some(ends)
}

/// The school year that a day is in.
pub fn school_year_of(day: NaiveDate) -> Option<u16> {
    let year = day.year() + i32::from(day.month() >= NEW_YEAR_MONTH);
    u16::try_from(year)
        .ok()
        .filter(|year| (1990..=2200).contains(year))
}

/// A grade as one of the codes of the Common Education Data Standards; anything else is `Other`, so that
/// nothing that stands in a column by mistake is kept.
pub fn grade(text: &str) -> String {
    let text = text.trim().to_uppercase();
    let text = text.strip_prefix("GRADE ").unwrap_or(&text);
    match text {
        "K" | "KG" | "KINDERGARTEN" => "KG".into(),
        "IT" | "PR" | "PK" | "TK" | "PS" | "UG" => text.into(),
        _ => match text.parse::<u8>() {
            Ok(number @ 1..=13) => format!("{number:02}"),
            _ => "Other".into(),
        },
    }
}

/// The columns of OneRoster's demographics that say of which race and ethnicity somebody is, as [`plain`] has
/// them, and the groups that are counted for them. None else of that file is looked at.
///
/// [`plain`]: super::kind::plain
pub const DEMOGRAPHICS: [(&str, &str); 7] = [
    ("americanindianoralaskanative", "NATIVE"),
    ("asian", "ASIAN"),
    ("blackorafricanamerican", "BLACK"),
    ("nativehawaiianorotherpacificislander", "PACIFIC"),
    ("white", "WHITE"),
    ("demographicracetwoormoreraces", "TWO-OR-MORE"),
    ("hispanicorlatinoethnicity", "HISPANIC"),
];

/// Whether a cell says yes or no; nothing is no. None when it says neither.
pub fn yes(text: &str) -> Option<bool> {
    match &*text.to_ascii_lowercase() {
        "true" | "yes" | "y" | "1" => Some(true),
        "false" | "no" | "n" | "0" | "" => Some(false),
        _ => None,
    }
}

/// A student group that is known.
pub fn group(text: &str) -> Option<&'static str> {
    let text = text.trim().to_uppercase().replace([' ', '_'], "-");
    GROUPS.into_iter().find(|known| *known == text)
}

/// A name or title on one line: without spaces around it, with single ones within, and without signs that nobody sees,
/// which systems leave behind when a name was pasted. None when it is too long; empty when there is none.
pub fn one_line(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .filter(|sign| !is_unseen(*sign) || sign.is_whitespace())
        .collect();
    let words = text.split(char::is_whitespace);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    (line.chars().count() <= crate::sync::office::NAME_MAX_CHARS).then_some(line)
}

/// The items of a list in one cell, each on one line and not empty, without repetition; the first 20.
pub fn list(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for item in text.split([',', ';']) {
        match one_line(item) {
            Some(item) if !item.is_empty() && !items.contains(&item) => items.push(item),
            _ => {}
        }
    }
    items.truncate(20);
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::iso("2026-08-12", Some((2026, 8, 12)))]
    #[case::with_a_time("2026-08-12T00:00:00.000Z", Some((2026, 8, 12)))]
    #[case::with_a_space("2026-08-12 00:00", Some((2026, 8, 12)))]
    #[case::us("8/2/2026", Some((2026, 8, 2)))]
    #[case::us_with_zeros("08/02/2026", Some((2026, 8, 2)))]
    #[case::us_with_a_time("8/2/2026 12:00:00 AM", Some((2026, 8, 2)))]
    #[case::no_such_day("2026-02-30", None)]
    #[case::two_digits("8/2/26", None)]
    #[case::european("12.8.2026", None)]
    #[case::day_first("13/8/2026", None)]
    #[case::a_word("soon", None)]
    #[case::empty("", None)]
    #[case::words_behind("2026-08-12 (ask Ana)", None)]
    #[case::half_a_letter("2026-08-1é", None)]
    fn a_day_is_iso_or_us(#[case] text: &str, #[case] read: Option<(i32, u32, u32)>) {
        let wanted = read.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        assert_eq!(day(text), wanted);
    }

    #[rstest]
    #[case::ends("2027", Some(2027))]
    #[case::both("2026-2027", Some(2027))]
    #[case::short("2026-27", Some(2027))]
    #[case::slash("2026/27", Some(2027))]
    #[case::the_turn_of_a_century("2099-00", Some(2100))]
    #[case::two_years("2026-2028", None)]
    #[case::word("fall", None)]
    #[case::long_ago("1826", None)]
    fn a_school_year_is_that_of_its_end(#[case] text: &str, #[case] year: Option<u16>) {
        assert_eq!(school_year(text), year);
    }

    #[rstest]
    #[case::early("8:05", Some(485))]
    #[case::seconds("08:05:00", Some(485))]
    #[case::afternoon("1:05 PM", Some(785))]
    #[case::dots("1:05 p.m.", Some(785))]
    #[case::noon("12:00 PM", Some(720))]
    #[case::no_minute("8", None)]
    #[case::too_late("25:00", None)]
    fn a_time_is_in_minutes(#[case] text: &str, #[case] read: Option<u16>) {
        assert_eq!(minutes(text), read);
    }

    #[rstest]
    #[case::one_digit("9", "09")]
    #[case::two_digits("09", "09")]
    #[case::kindergarten("K", "KG")]
    #[case::in_words("Grade 3", "03")]
    #[case::a_name_in_the_wrong_column("Ana Lopez", "Other")]
    fn a_grade_is_one_of_a_few_codes(#[case] text: &str, #[case] read: &str) {
        assert_eq!(grade(text), read);
    }

    #[test]
    fn lists_and_names_are_tidied() {
        assert_eq!(list("Math, Math;  Science ,"), ["Math", "Science"]);
        assert_eq!(one_line(" Ana\n  Núñez "), Some("Ana Núñez".into()));
        assert_eq!(one_line(&"ñ".repeat(201)), None);
        assert_eq!(group("ever el"), Some("EVER-EL"));
        assert_eq!(group("Ana Lopez"), None);
        for (_, counted) in DEMOGRAPHICS {
            assert_eq!(group(counted), Some(counted));
        }
        assert_eq!(
            ["TRUE", "n", "", "Zoe"].map(yes),
            [Some(true), Some(false), Some(false), None]
        );
    }
}
