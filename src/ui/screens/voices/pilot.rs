//! What the pilot shows to its own team: counts of visits, what teachers say together, and what the reader said.

use super::log::{means, title};
use super::{in_words, said_row, tried};
use crate::domain::collect::today::Idea;
use crate::domain::id::PersonId;
use crate::text::spots::Spot;
use crate::text::voices::Voice;
use crate::ui::desk::Desk;
use crate::ui::screens::after::{After, looking, nothing};
use crate::ui::seat::View;
use crate::ui::voices::{self, Own};
use dioxus::prelude::*;
use serde_json::Value;

/// How many of the reader's own words are listed.
const LISTED: usize = 12;

/// The screen.
#[component]
pub fn Pilot() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let ideas = tried(desk);
    rsx! {
        After { title: language.voice(Voice::PilotsData), up: View::AboutMe,
            if !desk.shelf.is_read(View::Pilot) {
                {looking(desk)}
            } else if ideas.is_empty() {
                {nothing(language.voice(Voice::NoPilot))}
            }
            for idea in ideas.iter() {
                {of_idea(desk, idea)}
            }
            {own_words(desk)}
        }
    }
}

fn number(value: &Value, name: &str) -> u32 {
    let number = value.get(name).and_then(Value::as_u64);
    number
        .and_then(|number| number.try_into().ok())
        .unwrap_or(0)
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let all = value.get(name).and_then(Value::as_array);
    all.into_iter().flatten()
}

fn word<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn of_idea(desk: Desk, idea: &Idea) -> Element {
    let language = (desk.language)();
    let key = &idea.form.form.key;
    let fed = desk.shelf.voices();
    let measures = fed.measures.iter().find(|body| {
        let form = body.get("form");
        form.is_some_and(|form| word(form, "key") == key)
    });
    let tally = |look_for: &crate::domain::collect::look_for::LookFor| {
        let tallies = measures
            .into_iter()
            .flat_map(|body| list(body, "look_fors"));
        let mut of = tallies.filter(|tally| word(tally, "look_for") == look_for.key.0);
        let tally = of.next()?;
        let count = |name| number(tally, name);
        let (seen, partly) = (count("seen"), count("partly"));
        let counts = Voice::Counts(seen, partly, count("not_seen"), count("not_the_moment"));
        Some((
            language.of(&look_for.words).to_owned(),
            language.voice(counts),
        ))
    };
    let tallies: Pairs = idea.form.look_fors.iter().filter_map(tally).collect();
    let small = measures.is_some_and(|body| body.get("small") == Some(&Value::Bool(true)));
    let pools = pools(desk, key);
    rsx! {
        section { key: "{key}", class: "card page voice", aria_labelledby: "pilot-{key}",
            h2 { id: "pilot-{key}", {language.of(&idea.form.title)} }
            h3 { {language.voice(Voice::Observed)} }
            if let Some(body) = measures {
                p { {language.voice(Voice::RestsOn(number(body, "visits"), number(body, "teachers"), number(body, "observers")))} }
                if small {
                    p { class: "quiet", {language.voice(Voice::IsSmall)} }
                }
                {pairs(tallies)}
            } else {
                p { class: "quiet", {language.voice(Voice::NothingCounted)} }
            }
            h3 { {language.voice(Voice::TeachersSaid)} }
            if pools.is_empty() {
                p { class: "quiet", {language.voice(Voice::NothingPooled)} }
            }
            for (week, lessons, answers) in pools {
                p { key: "{week}", strong { "{week}" } }
                if let Some(lessons) = lessons {
                    p { "{lessons}" }
                }
                {pairs(answers)}
            }
            for (teacher, answers) in fed.named.iter().filter(|(_, one)| one.idea() == Some(key)) {
                p { key: "{answers.id}",
                    strong { {named_title(desk, *teacher, answers)} }
                }
                {pairs(named_pairs(desk, key, answers))}
                if let Some(added) = &answers.added {
                    p { class: "said", "{added}" }
                }
            }
        }
    }
}

/// Words, and what is counted of each.
type Pairs = Vec<(String, String)>;

/// Words and what is counted of them.
fn pairs(pairs: Pairs) -> Element {
    rsx! {
        dl { class: "pairs",
            for (words, counts) in pairs {
                dt { key: "{words}", "{words}" }
                dd { "{counts}" }
            }
        }
    }
}

/// Who answered, and about which week.
fn named_title(desk: Desk, teacher: PersonId, answers: &Own) -> String {
    let language = (desk.language)();
    let name = desk.shelf.name(Some(teacher));
    let name = name.unwrap_or_else(|| language.spot(Spot::ATeacher));
    let week = answers.word("week").and_then(|week| week.parse().ok());
    let week = week.map_or_else(String::new, |week| in_words(desk, week));
    format!("{name} · {}", language.voice(Voice::WeekOf(&week)))
}

/// The questions that somebody answered, with the answers.
fn named_pairs(desk: Desk, idea: &str, answers: &Own) -> Pairs {
    let given = answers.data.get("answers").and_then(Value::as_object);
    let pair = |(key, answer): (&String, &Value)| (words_of(desk, idea, key), answer.to_string());
    given.into_iter().flatten().map(pair).collect()
}

/// What a question says; its key where it is not here.
fn words_of(desk: Desk, idea: &str, key: &str) -> String {
    let asked = desk.shelf.voices().asked;
    let asked = asked.iter().find(|(of, _)| of == idea);
    let mut questions = asked.into_iter().flat_map(|(_, asked)| &asked.questions);
    let question = questions.find(|question| question.key == key);
    question.map_or(key.to_owned(), |question| {
        (desk.language)().of(&question.words).to_owned()
    })
}

/// What many said of each closed week of an idea, the newest first: the week, the lessons, each question with its
/// answers.
fn pools(desk: Desk, idea: &str) -> Vec<(String, Option<String>, Pairs)> {
    let language = (desk.language)();
    let fed = desk.shelf.voices();
    let of_idea = |body: &&Value| word(body, "idea") == idea;
    let mut weeks: Vec<&str> = fed
        .pools
        .0
        .iter()
        .chain(&fed.pools.1)
        .filter(of_idea)
        .map(|body| word(body, "week"))
        .collect();
    weeks.sort_unstable();
    weeks.dedup();
    weeks
        .into_iter()
        .rev()
        .map(|week| {
            let of_week = |body: &&Value| of_idea(body) && word(body, "week") == week;
            let questions = fed.pools.0.iter().filter(of_week);
            let questions = questions.flat_map(|body| list(body, "questions"));
            let answers = questions.map(|question| {
                let counts: Vec<String> = list(question, "answers")
                    .map(|one| format!("{}: {}", number(one, "answer"), number(one, "teachers")))
                    .collect();
                let teachers = language.voice(Voice::Answers(number(question, "teachers")));
                let said = format!("{} · {teachers}", counts.join(", "));
                (words_of(desk, idea, word(question, "key")), said)
            });
            let lessons = fed.pools.1.iter().find(of_week).map(|body| {
                let count = |name| number(body, name);
                let (yes, partly) = (count("yes"), count("partly"));
                language.voice(Voice::LessonsSay(
                    count("teachers"),
                    yes,
                    partly,
                    count("no"),
                ))
            });
            let day = week.parse().ok();
            let day = day.map_or_else(String::new, |day| in_words(desk, day));
            (
                language.voice(Voice::WeekOf(&day)),
                lessons,
                answers.collect(),
            )
        })
        .collect()
}

/// What the reader logged and answered.
fn own_words(desk: Desk) -> Element {
    let language = (desk.language)();
    let own = desk.shelf.own();
    let mut all: Vec<&Own> = voices::said(&own, voices::Voice::Lesson).collect();
    all.extend(voices::said(&own, voices::Voice::Answers));
    all.sort_by_key(|one| std::cmp::Reverse(one.id));
    all.truncate(LISTED);
    let row = |one: &Own| match one.voice {
        voices::Voice::Answers => {
            let week = one.word("week").and_then(|week| week.parse().ok());
            let week = week.map_or_else(String::new, |week| in_words(desk, week));
            let answers = one.data.get("answers").and_then(Value::as_object);
            let answered = answers.map_or(0, |answers| answers.len());
            let week = language.voice(Voice::WeekOf(&week));
            (week, language.voice(Voice::QuestionsAnswered(answered)))
        }
        _ => (title(desk, one), means(desk, one)),
    };
    rsx! {
        section { class: "part", aria_labelledby: "you-said",
            h2 { id: "you-said", class: "heading", {language.voice(Voice::YouSaid)} }
            p { class: "quiet", {language.voice(Voice::YouSaidMeans)} }
            if all.is_empty() {
                p { class: "quiet", {language.voice(Voice::YouSaidNothing)} }
            }
            ol { class: "visit-list",
                for one in all {
                    {said_row(desk, one, row(one).0, row(one).1, None)}
                }
            }
        }
    }
}
