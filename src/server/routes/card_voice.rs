//! `/card/{secret}/spot`, `/support`, `/week` and `/lesson`: what a teacher says on a card beside thanks and a reply.
//!
//! Each form is read into one act, and the store makes of it the facts that the app would. The same door as for
//! thanks: the secret in the address, the limit of tries, no other site, and a key that lets a form count once.

use super::card::{Reader, draw_two, form, hash, key, now_utc_ms, wrong};
use crate::domain::act::support::Category;
use crate::domain::card::{CardAct, Choice};
use crate::domain::collect::lesson::{Happened, Went};
use crate::domain::collect::look_for::LookForKey;
use crate::domain::id::ClassId;
use crate::domain::problem::Problem;
use crate::report::card_status::{Just, Unsaid};
use crate::server::chance::Chance;
use crate::server::router::Shared;
use crate::text::voices::ADDED_MAX;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use std::collections::{BTreeMap, HashMap};

type Fields = HashMap<String, String>;

/// What a form comes to.
enum Said {
    /// An act.
    Act(CardAct),
    /// Nothing that could be taken, but something that its sender can mend.
    Unsaid(Unsaid),
}

/// Who may see a bright spot.
pub async fn spot(
    State(shared): State<Shared>,
    Path(secret): Path<String>,
    reader: Reader,
    request: Request,
) -> Response {
    say(&shared, &secret, &reader, request, permit).await
}

/// Support is wanted, or not needed any more.
pub async fn support(
    State(shared): State<Shared>,
    Path(secret): Path<String>,
    reader: Reader,
    request: Request,
) -> Response {
    say(&shared, &secret, &reader, request, want).await
}

/// The questions of the week.
pub async fn week(
    State(shared): State<Shared>,
    Path(secret): Path<String>,
    reader: Reader,
    request: Request,
) -> Response {
    say(&shared, &secret, &reader, request, answer).await
}

/// A lesson.
pub async fn lesson(
    State(shared): State<Shared>,
    Path(secret): Path<String>,
    reader: Reader,
    request: Request,
) -> Response {
    say(&shared, &secret, &reader, request, log).await
}

async fn say(
    shared: &Shared,
    secret: &str,
    reader: &Reader,
    request: Request,
    read: fn(&Fields) -> Result<Said, Problem>,
) -> Response {
    let fields = match form(request, shared.read_timeout).await {
        Ok(fields) => fields,
        Err(problem) => return reader.failed(&problem),
    };
    let Some(key) = key(&fields) else {
        return reader.failed(&wrong("key"));
    };
    let act = match read(&fields) {
        Ok(Said::Act(act)) => act,
        Ok(Said::Unsaid(why)) => {
            let card = shared
                .store
                .open_card(hash(secret), Chance::draw(), now_utc_ms())
                .await;
            return reader.answer(card, secret, Some(Just::Unsaid(why, &fields)));
        }
        Err(problem) => return reader.failed(&problem),
    };
    let said = shared
        .store
        .say_on_card(hash(secret), key, act, draw_two(), now_utc_ms())
        .await;
    match said {
        Ok(Ok(Some(said))) => {
            let just = Just::Said(said.stands);
            reader.answer(Ok(Some(said.card)), secret, Some(just))
        }
        Ok(Ok(None)) => reader.closed(fields.get("added").map(String::as_str)),
        Ok(Err(problem)) => reader.failed(&problem),
        Err(failure) => reader.answer(Err(failure), secret, None),
    }
}

fn permit(fields: &Fields) -> Result<Said, Problem> {
    let choice = one_of(fields, "choice", Choice::ALL, Choice::name)?;
    let bright_spot = fields.get("spot").and_then(|id| id.parse().ok());
    Ok(Said::Act(CardAct::Permit {
        bright_spot: bright_spot.ok_or_else(|| wrong("spot"))?,
        choice: choice.ok_or_else(|| wrong("choice"))?,
    }))
}

fn want(fields: &Fields) -> Result<Said, Problem> {
    let category = |name| one_of(fields, name, Category::ALL, Category::name);
    match (category("want")?, category("done")?) {
        (Some(wanted), None) => Ok(Said::Act(CardAct::Want(wanted))),
        (None, Some(done)) => Ok(Said::Act(CardAct::NoLongerWant(done))),
        _ => Err(wrong("want")),
    }
}

fn answer(fields: &Fields) -> Result<Said, Problem> {
    let week = fields.get("week").and_then(|week| week.parse().ok());
    let week = week.ok_or_else(|| wrong("week"))?;
    let mut answers = BTreeMap::new();
    for (question, answer) in named(fields, "q.") {
        let answer = answer.parse().map_err(|_| wrong("answers"))?;
        answers.insert(question.to_owned(), answer);
    }
    if answers.is_empty() {
        return Ok(Said::Unsaid(Unsaid::NoAnswer));
    }
    // Browsers send line breaks as two characters and count them as one.
    let added = fields.get("added").map_or("", String::as_str);
    let added = added.replace("\r\n", "\n").trim().to_owned();
    let length = added.chars().count();
    if length > ADDED_MAX {
        return Ok(Said::Unsaid(Unsaid::TooLong(length)));
    }
    Ok(Said::Act(CardAct::Answer {
        week,
        answers,
        named: fields.contains_key("named"),
        added,
    }))
}

fn log(fields: &Fields) -> Result<Said, Problem> {
    let whether = |name| one_of(fields, name, Happened::ALL, Happened::name);
    let Some(happened) = whether("happened")? else {
        return Ok(Said::Unsaid(Unsaid::NotSaidWhether));
    };
    let class = match fields.get("class") {
        Some(class) => Some(class.parse().map(ClassId).map_err(|_| wrong("class"))?),
        None => None,
    };
    let day = fields.get("day").and_then(|day| day.parse().ok());
    let mut parts = BTreeMap::new();
    for (part, name) in named(fields, "part.") {
        let happened = Happened::ALL.into_iter().find(|one| one.name() == name);
        let happened = happened.ok_or_else(|| wrong("parts"))?;
        parts.insert(LookForKey(part.to_owned()), happened);
    }
    Ok(Said::Act(CardAct::Log {
        class,
        day: day.ok_or_else(|| wrong("day"))?,
        happened,
        parts,
        went: one_of(fields, "went", Went::ALL, Went::name)?,
    }))
}

/// The one of this name; none where the form does not send the field.
fn one_of<T: Copy, const N: usize>(
    fields: &Fields,
    field: &str,
    all: [T; N],
    name: fn(T) -> &'static str,
) -> Result<Option<T>, Problem> {
    let Some(sent) = fields.get(field) else {
        return Ok(None);
    };
    let one = all.into_iter().find(|one| name(*one) == sent);
    one.map(Some).ok_or_else(|| wrong(field))
}

/// The fields whose names begin so, by what follows.
fn named<'a>(fields: &'a Fields, begin: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    fields.iter().filter_map(move |(name, value)| {
        let name = name.strip_prefix(begin)?;
        Some((name, value.as_str()))
    })
}
