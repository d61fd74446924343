//! What a teacher can say on a card beside thanks and a reply, from the documents that were made for them, and what
//! is recorded of it.

use super::ask::Stop;
use super::bounds::{self, Facts};
use super::cards::{document, read};
use super::feed::audiences_of;
use super::forms;
use super::ideas;
use super::office;
use super::people::entries;
use super::project::{events, places};
use super::tokens::uuid;
use crate::domain::act::support::Category;
use crate::domain::agreement::{Agreement, Agreements};
use crate::domain::card::{CardAct, Lesson, OnCard, Support, Week, waiting};
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::document::{
    Audience, BrightSpotDocument, Document, FeedbackDocument, PermissionDocument, SurveyDocument,
    WalkthroughDocument,
};
use crate::domain::event::About;
use crate::domain::fold::Read;
use crate::domain::id::{ClassId, EventId, PersonId};
use crate::domain::moment::Moment;
use crate::domain::place::{Day, District, Offsets};
use crate::domain::plan::stage::IdeaState;
use crate::domain::problem::Problem;
use crate::domain::visibility::{Relation, Row};
use crate::server::chance::Chance;
use crate::server::store::cards::{Shown, of_these_words};
use crate::server::zone;
use rusqlite::{OptionalExtension, Transaction, named_params, params};

/// What this reader, who is the teacher of what is shown, can say there now.
pub(super) fn on_card(
    transaction: &Transaction,
    reader: PersonId,
    shown: &Shown,
    agreements: &Agreements,
    now_utc_ms: i64,
) -> rusqlite::Result<OnCard> {
    let feedback = match shown {
        Shown::Feedback(feedback, _) => Some(feedback),
        Shown::Visit(_) => None,
    };
    // Of a record that makes nothing for others nothing is heard.
    let Some(visit) = shown.visit().filter(|visit| visit.refused.is_none()) else {
        return Ok(OnCard::default());
    };
    let district = places::district(transaction)?;
    let at = |at_utc_ms| Moment {
        at_utc_ms,
        offset_min: zone::offset(district.time_zone.as_deref(), at_utc_ms)
            .unwrap_or(visit.begun.offset_min),
    };
    let opened_utc_ms = match feedback {
        Some(feedback) => first_opened(transaction, feedback)?,
        None => None,
    };
    let about = About::Walkthrough(visit.id).to_string();
    let said = own(transaction, &about, reader, false)?;
    let mut on_card = OnCard {
        opened: opened_utc_ms.map(at),
        spots: spots(transaction, reader, visit, &said)?,
        support: None,
        week: None,
        lesson: None,
    };
    // Nobody would hear it.
    let shown_by = agreements.told_of(visit.agreed, now_utc_ms);
    if !shown_by.withholds(Row::Support, Relation::Coach) {
        on_card.support = Some(support(transaction, reader, visit, &said)?);
    }
    let idea = tried(transaction, reader, &visit.form.key)?;
    let today = Offsets::default().wall(at(now_utc_ms)).map(|wall| wall.day);
    if let (Some(idea), Some(today)) = (idea, today) {
        let now = agreements.at(now_utc_ms);
        on_card.week = week(transaction, reader, &idea, (today, &district), now)?;
        on_card.lesson = Some(lesson(
            transaction,
            reader,
            visit,
            idea,
            (today, &district),
        )?);
    }
    Ok(on_card)
}

/// Records what was said, and says whether it stands.
pub(super) fn say(
    transaction: &Transaction,
    reader: PersonId,
    (key, act): (EventId, &CardAct),
    on_card: &OnCard,
    random: Chance,
    now_utc_ms: i64,
) -> Result<bool, Stop> {
    let about = on_card.about(act).ok_or(Problem::NotFound)?;
    let said = own(transaction, &about.to_string(), reader, true)?;
    let facts = on_card.facts(act, &said)?;
    let (mut stands, mut recorded) = (true, false);
    for one in facts {
        let id = of_these_words(key, &one.mark);
        let (fact, words, random) = (&one.fact, one.words, random.clone());
        // Taken already: the form was posted before.
        let new = office::record_as(transaction, id, reader, fact, words, now_utc_ms, random)?;
        (stands, recorded) = (stands && new, recorded || new);
    }
    within_bounds(transaction, &about, reader, recorded)?;
    Ok(stands)
}

/// How much the readers of cards say about one thing.
const ON_CARD_MAX: u32 = 40;

/// Refuses what was recorded if it is more than that.
pub(super) fn within_bounds(
    transaction: &Transaction,
    about: &About,
    reader: PersonId,
    recorded: bool,
) -> Result<(), Stop> {
    match recorded && bounds::facts(transaction, about, reader, Facts::OnCard)? > ON_CARD_MAX {
        true => Err(Problem::TooMany { limit: ON_CARD_MAX }.into()),
        false => Ok(()),
    }
}

/// What the reader has said about one thing, under all their ids: with `all`, else what is in no document yet.
fn own(
    transaction: &Transaction,
    about: &str,
    reader: PersonId,
    all: bool,
) -> rusqlite::Result<Vec<Read>> {
    let mut said = Vec::new();
    for author in bounds::ids(transaction, reader)? {
        said.extend(events::by(transaction, about, author, all)?);
    }
    said.sort_by_key(|event| event.server_number);
    Ok(said)
}

/// When the feedback was opened first, as the document says, or a card does, which knows it earlier.
fn first_opened(
    transaction: &Transaction,
    feedback: &FeedbackDocument,
) -> rusqlite::Result<Option<i64>> {
    if let Some(opened) = feedback.opened {
        return Ok(Some(opened.at_utc_ms));
    }
    transaction
        .prepare_cached("select min(used_at_utc_ms) from secret where feedback = ?1")?
        .query_row([feedback.id.0.as_bytes()], |row| row.get(0))
}

/// The documents of a kind that were made for the reader.
fn made_for(
    transaction: &Transaction,
    reader: PersonId,
    kind: &str,
) -> rusqlite::Result<Vec<Document>> {
    let mut documents = transaction.prepare_cached(
        "select body from document where audience = ?1 and kind = ?2 and body is not null order by id",
    )?;
    let audience = Audience::Person(reader).to_string();
    let bodies = documents
        .query_map(params![audience, kind], |row| row.get::<_, String>("body"))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(bodies.iter().filter_map(|body| read(body)).collect())
}

/// The bright spots of the visit about which somebody asked.
fn spots(
    transaction: &Transaction,
    reader: PersonId,
    visit: &WalkthroughDocument,
    said: &[Read],
) -> rusqlite::Result<Vec<BrightSpotDocument>> {
    let documents = made_for(transaction, reader, "bright_spot")?.into_iter();
    let of_visit = documents.filter_map(|document| match document {
        Document::BrightSpot(spot) if spot.walkthrough == Some(visit.id) => Some(spot),
        _ => None,
    });
    let mut spots: Vec<BrightSpotDocument> = of_visit.collect();
    for spot in &mut spots {
        waiting::over_spot(spot, said);
    }
    spots.retain(|spot| spot.permission != PermissionDocument::NotAsked);
    Ok(spots)
}

fn support(
    transaction: &Transaction,
    reader: PersonId,
    visit: &WalkthroughDocument,
    said: &[Read],
) -> rusqlite::Result<Support> {
    let documents = made_for(transaction, reader, "support")?.into_iter();
    let open = documents.filter_map(|document| match document {
        Document::Support(call) if call.walkthrough == Some(visit.id) && call.given.is_none() => {
            Some((call.id, call.category))
        }
        _ => None,
    });
    let mut open: Vec<(EventId, Category)> = open.collect();
    waiting::over_support(&mut open, said);
    Ok(Support {
        visit: visit.id,
        open,
    })
}

/// The form of an idea that is tried now, if the reader is in its team, as the app has it.
fn tried(transaction: &Transaction, reader: PersonId, key: &str) -> rusqlite::Result<Option<Form>> {
    let team = Audience::Team(key.to_owned());
    if !audiences_of(transaction, reader)?.contains(&team) {
        return Ok(None);
    }
    let now = transaction
        .prepare_cached("select state, form_version from idea where key = ?1")?
        .query_row([key], |row| {
            Ok((row.get::<_, String>("state")?, row.get("form_version")?))
        })
        .optional()?;
    let Some((state, version)) = now else {
        return Ok(None);
    };
    if matches!(
        ideas::state(&state)?,
        IdeaState::Drafted | IdeaState::Abandoned
    ) {
        return Ok(None);
    }
    let key = key.to_owned();
    forms::find(transaction, &FormRef { key, version })
}

fn week(
    transaction: &Transaction,
    reader: PersonId,
    idea: &Form,
    (today, district): (Day, &District),
    agreement: &Agreement,
) -> rusqlite::Result<Option<Week>> {
    let team = Audience::Team(idea.form.key.clone());
    let found = document(transaction, &team, "survey", &idea.form.document_id())?;
    let Some(Document::Survey(SurveyDocument {
        questions, team, ..
    })) = found
    else {
        return Ok(None);
    };
    let week = today.week(district.week_start);
    let about = About::Survey(idea.form.key.clone(), week).to_string();
    let said = own(transaction, &about, reader, true)?;
    Ok(Some(Week {
        form: idea.form.clone(),
        title: idea.title.clone(),
        week,
        questions,
        team,
        answered: Week::is_answered(&said),
        may_name: !agreement.withholds(Row::Survey, Relation::Team),
    }))
}

fn lesson(
    transaction: &Transaction,
    reader: PersonId,
    visit: &WalkthroughDocument,
    idea: Form,
    (today, district): (Day, &District),
) -> rusqlite::Result<Lesson> {
    let mut classes = classes(transaction, reader)?;
    // A card is about one visit: where that names a class of theirs, it is the one.
    if let Some(at) = classes
        .iter()
        .position(|(class, _)| Some(*class) == visit.class)
    {
        classes = vec![classes.swap_remove(at)];
    }
    Ok(Lesson {
        parts: Lesson::parts_of(&idea.look_fors),
        form: idea.form,
        title: idea.title,
        classes,
        today,
        week_start: district.week_start,
    })
}

/// The classes of the reader, under all their entries.
fn classes(
    transaction: &Transaction,
    reader: PersonId,
) -> rusqlite::Result<Vec<(ClassId, String)>> {
    let mut of_entry = transaction.prepare_cached(include_str!("card_classes.sql"))?;
    let mut classes = Vec::new();
    for entry in entries(transaction, reader)? {
        let row = named_params! { ":person": entry.0.as_bytes() };
        for class in of_entry.query_map(row, |row| {
            Ok((ClassId(uuid(row, "id")?), row.get("title")?))
        })? {
            let class = class?;
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
    }
    Ok(classes)
}
