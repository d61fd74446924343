//! A file, read whole: everything that is wrong with it is said, each with its line.

use super::places::{Located, Notes, Places};
use super::section::{Section, nothing};
use crate::domain::collect::form::{Dose, Form, FormRef};
use crate::domain::collect::look_for::{
    Choice, Component, Kind, KindName, LookFor, LookForKey, Rule,
};
use crate::domain::plan::change_idea::ChangeIdea;
use crate::domain::plan::check::check;
use crate::domain::plan::fault::{Fault, Wrong};
use crate::domain::plan::outcome::{CountedAs, Outcome, Source};
use crate::domain::plan::prediction::{Direction, Prediction, PredictionClaim, Target, Unit};
use crate::domain::plan::voice::{Answer, Question};
use toml::de::DeTable;

/// The largest file, in bytes.
pub const FILE_MAX_BYTES: usize = 64 * 1024;

const WHO: &[(&str, Component)] = &[
    ("adults", Component::Adults),
    ("students", Component::Students),
];
const SHOWS: &[(&str, Component)] = &[
    ("adults", Component::Adults),
    ("students", Component::Students),
    ("outcome", Component::Outcome),
];
const DIRECTIONS: &[(&str, Direction)] = &[("up", Direction::Up), ("down", Direction::Down)];
const UNITS: &[(&str, Unit)] = &[
    ("percent", Unit::Percent),
    ("points", Unit::Points),
    ("times", Unit::Times),
    ("minutes", Unit::Minutes),
    ("gap", Unit::Gap),
];
const ANSWERS: &[(&str, Answer)] = &[
    ("agree", Answer::Agree),
    ("lessons", Answer::Lessons),
    ("yes_no", Answer::YesNo),
    ("hours", Answer::Hours),
];
const SOURCES: &[(&str, Source)] = &[
    ("observation", Source::Observation),
    ("self_log", Source::SelfLog),
    ("exit_slip", Source::ExitSlip),
    ("survey", Source::Survey),
    ("interview", Source::Interview),
    ("achievement", Source::Achievement),
];
const COUNTED_AS: &[(&str, CountedAs)] = &[("share", CountedAs::Share), ("mean", CountedAs::Mean)];

/// A change idea that can be used, with its file.
#[derive(Clone, Debug)]
pub struct Written {
    /// The change idea.
    pub idea: ChangeIdea,
    /// Where its parts stand, for what only a store finds.
    pub places: Places,
}

/// How many faults of a file are said at once.
const FAULTS_MOST: usize = 200;

/// Reads a file.
///
/// # Errors
/// Everything that is wrong with it, in the order of its lines.
pub fn read(text: &str) -> Result<Written, Vec<Located>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let notes = Notes::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        // What stands behind such an error may be read wrongly: nothing is said of it.
        let places = Places::of(text);
        let located = errors.iter().map(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let (line, column) = places.line_and_column(start);
            let detail = error.message().to_owned();
            let (place, wrong) = (String::new(), Wrong::Syntax { detail });
            let fault = Fault { place, wrong };
            Located {
                line,
                column,
                fault,
            }
        });
        return Err(located.collect());
    }
    let idea = change_idea(&notes, table.get_ref());
    let (places, mut faults) = notes.take();
    // Nobody mends a thousand at once, and each is compared with each.
    if faults.len() > FAULTS_MOST {
        faults.truncate(FAULTS_MOST);
        return Err(places.locate_all(faults));
    }
    let checked = check(&idea);
    let new = checked.into_iter().filter(|one| !is_said(one, &faults));
    let new: Vec<Fault> = new.collect();
    faults.extend(new);
    match faults.is_empty() {
        true => Ok(Written { idea, places }),
        false => Err(places.locate_all(faults)),
    }
}

/// Whether the reader has said that something is wrong there, or in what holds it: then what stands in its
/// place is nobody's, and one sentence is enough.
fn is_said(fault: &Fault, said: &[Fault]) -> bool {
    let within = |place: &str, of: &str| {
        let rest = place.strip_prefix(of);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    said.iter().any(|said| {
        !matches!(said.wrong, Wrong::UnknownName { .. })
            && !said.place.is_empty()
            && (within(&fault.place, &said.place)
                // Of a list of which one could not be read, nothing is counted.
                || (within(&said.place, &fault.place) && !fault.place.is_empty()))
    })
}

fn change_idea(notes: &Notes, table: &DeTable<'_>) -> ChangeIdea {
    let file = Section::new(notes, "", table);
    let form = Form {
        form: FormRef {
            key: file.text("key"),
            version: file.needed_number("version"),
        },
        title: file.words_of("title"),
        theory: file.words_of("theory"),
        seats: file.yes("seats"),
        look_fors: all(file.sections("look_for"), look_for),
        dose: dose(&file),
    };
    let mut questions = all(file.sections("question"), question);
    let common = questions.iter().position(|one| one.key == Question::COMMON);
    match common {
        Some(number) => notes.fault(format!("question[{number}].key"), Wrong::KeyTwice),
        None => questions.push(Question::common()),
    }
    let idea = ChangeIdea {
        form,
        scope: file.words_of("scope"),
        source: file.words_of("source"),
        drivers: all(file.sections("drivers"), |one| one.words()),
        prediction: prediction(&file),
        questions,
        outcomes: all(file.sections("outcome"), outcome),
    };
    file.close();
    idea
}

/// Reads each of some groups, and notes what is left over in it.
fn all<'t, T>(sections: Vec<Section<'t>>, read: impl Fn(&Section<'t>) -> T) -> Vec<T> {
    let read = |section: Section<'t>| {
        let value = read(&section);
        section.close();
        value
    };
    sections.into_iter().map(read).collect()
}

fn look_for(file: &Section<'_>) -> LookFor {
    LookFor {
        key: LookForKey(file.text("key")),
        component: file.one_of("who", WHO).unwrap_or(Component::Adults),
        words: file.words(),
        core: file.yes("core"),
        kind: kind(file),
        when: file.section("when").and_then(|when| {
            let read = rule(&when);
            when.close();
            read
        }),
    }
}

fn kind(file: &Section<'_>) -> Kind {
    match file.one_of("kind", &KindName::ALL.map(|kind| (kind.name(), kind))) {
        None | Some(KindName::States) => Kind::States,
        Some(KindName::Level) => Kind::Level {
            anchors: all(file.sections("anchors"), |one| one.words()),
        },
        Some(KindName::Counter) => Kind::Counter,
        Some(KindName::Timer) => Kind::Timer,
        Some(KindName::Ratio) => Kind::Ratio {
            part: file.words_of("part"),
            of: file.words_of("of"),
            most: file
                .number("most")
                .map(|most| u16::try_from(most).unwrap_or(u16::MAX)),
        },
        Some(KindName::Seats) => Kind::Seats,
        Some(KindName::One) => Kind::One {
            choices: all(file.sections("choices"), choice),
        },
        Some(KindName::Many) => Kind::Many {
            choices: all(file.sections("choices"), choice),
        },
        Some(KindName::Note) => Kind::Note,
    }
}

fn choice(file: &Section<'_>) -> Choice {
    Choice {
        key: file.text("key"),
        words: file.words(),
        apart: file.yes("apart"),
    }
}

/// A rule; none when it is none, which is noted.
fn rule(file: &Section<'_>) -> Option<Rule> {
    let rules = |name| {
        let list = file.sections(name).into_iter();
        list.filter_map(|one| {
            let read = rule(&one);
            one.close();
            read
        })
        .collect()
    };
    if file.has("all") {
        return Some(Rule::All(rules("all")));
    }
    if file.has("any") {
        return Some(Rule::Any(rules("any")));
    }
    if let Some(inner) = file.section("not") {
        let read = rule(&inner);
        inner.close();
        return read.map(|inner| Rule::Not(Box::new(inner)));
    }
    let look_for = LookForKey(file.text("look_for"));
    if file.has("at_least") {
        let number = file.number("at_least")?;
        return Some(Rule::AtLeast { look_for, number });
    }
    if file.has("is") {
        let any_of = file.texts("is");
        return Some(Rule::Is { look_for, any_of });
    }
    file.wrong(Wrong::Missing { name: "is" });
    None
}

fn dose(file: &Section<'_>) -> Option<Dose> {
    let file = file.needed_section("dose")?;
    let dose = Dose {
        look_for: LookForKey(file.text("look_for")),
        in_use: file.texts("in_use"),
        not_in_use: file.texts("not_in_use"),
        outside: file.texts("outside"),
    };
    file.close();
    Some(dose)
}

fn prediction(file: &Section<'_>) -> Prediction {
    let Some(file) = file.needed_section("prediction") else {
        return Prediction {
            words: nothing(),
            claims: Vec::new(),
            primary: Vec::new(),
        };
    };
    let prediction = Prediction {
        words: file.words(),
        claims: all(file.sections("claim"), claim),
        primary: file.texts("primary"),
    };
    file.close();
    prediction
}

fn claim(file: &Section<'_>) -> PredictionClaim {
    let unit = file.one_of("unit", UNITS).unwrap_or(Unit::Percent);
    let target = match (file.number("to"), file.number("by")) {
        (Some(number), None) => Target::To { number, unit },
        (None, Some(number)) => Target::By { number, unit },
        _ => {
            file.wrong(Wrong::ToOrBy);
            let number = 1;
            Target::By { number, unit }
        }
    };
    let by_week = file.needed_number("by_week");
    PredictionClaim {
        measure: file.text("measure"),
        component: file.one_of("shows", SHOWS).unwrap_or(Component::Adults),
        direction: file
            .one_of("direction", DIRECTIONS)
            .unwrap_or(Direction::Up),
        target,
        by_week: u16::try_from(by_week).unwrap_or(u16::MAX),
    }
}

fn question(file: &Section<'_>) -> Question {
    Question {
        key: file.text("key"),
        words: file.words(),
        answer: file.one_of("answer", ANSWERS).unwrap_or(Answer::Agree),
        reverse: file.yes("reverse"),
    }
}

fn outcome(file: &Section<'_>) -> Outcome {
    Outcome {
        key: file.text("key"),
        words: file.words(),
        component: file.one_of("shows", SHOWS).unwrap_or(Component::Outcome),
        source: file
            .one_of("source", SOURCES)
            .unwrap_or(Source::Achievement),
        better: file.one_of("better", DIRECTIONS).unwrap_or(Direction::Up),
        counted_as: file
            .one_of("counted_as", COUNTED_AS)
            .unwrap_or(CountedAs::Share),
    }
}

#[cfg(test)]
mod tests;
