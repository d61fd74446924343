//! Reads documents out of JSON by hand, kind by kind.
//!
//! Pure. serde would make a reader for each kind, and every tablet would download all of them; these read one
//! value, and a test holds them to what serde writes. What cannot be read is passed over; only a rating is named,
//! since "not looked for" would be another fact.

use crate::domain::act::bright_spot::Circle;
use crate::domain::act::feedback::Reaction;
use crate::domain::act::saying::Saying;
use crate::domain::act::support::Category;
use crate::domain::collect::draft::Rated;
use crate::domain::collect::form::FormRef;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::rating::Rating;
use crate::domain::document::{
    AnswerDocument, BrightSpotDocument, FeedbackDocument, PermissionDocument, SupportDocument,
    WalkthroughDocument,
};
use crate::domain::id::{ClassId, EventId, PersonId, SiteId};
use crate::domain::json;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a page needs to know of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The person.
    pub id: PersonId,
    /// The name; none when it was erased.
    pub name: Option<String>,
    /// Whether they coach somewhere.
    pub coaches: bool,
    /// The change ideas, by key, in whose team they are.
    pub ideas: Vec<String>,
    /// Whether they have left.
    pub left: bool,
}

/// The data of any kind that is said after a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// The visit.
    pub walkthrough: EventId,
    /// The feedback that it is about.
    pub feedback: Option<EventId>,
    /// The bright spot that it is about.
    pub bright_spot: Option<EventId>,
    /// The look-for that is tagged.
    pub look_for: Option<LookForKey>,
    /// The question that it answers.
    pub asked: Option<EventId>,
    /// The call for support that it answers.
    pub wanted: Option<EventId>,
    /// How feedback is answered.
    pub answer: Option<Reaction>,
    /// How far a permission reaches.
    pub circle: Option<Circle>,
    /// What kind of support is wanted.
    pub category: Option<Category>,
}

/// The body of a document.
pub fn body(text: &str) -> Option<Value> {
    let mut document = json::parsed(text).ok()?;
    Some(document.get_mut("body")?.take())
}

/// A visit.
pub fn visit(body: &Value) -> Option<WalkthroughDocument> {
    Some(WalkthroughDocument {
        id: event(body, "id")?,
        observer: person(body, "observer")?,
        teacher: person(body, "teacher"),
        class: uuid(body, "class").map(ClassId),
        site: uuid(body, "site").map(SiteId),
        visit: number(body, "visit")?,
        form: form(body)?,
        begun: moment(body, "begun")?,
        at: moment(body, "at")?,
        minutes: small(body, "minutes"),
        rated: list(body, "rated", rated),
        unread: list(body, "rated", unread),
        amended: number(body, "amended")?,
        note: text(body, "note"),
        notes: notes(body),
        refused: body.get("refused").and_then(problem),
        breaks: list(body, "breaks", problem),
        answers: list(body, "answers", answer),
        agreed: number(body, "agreed").unwrap_or_default(),
    })
}

/// Feedback.
pub fn feedback(body: &Value) -> Option<FeedbackDocument> {
    Some(FeedbackDocument {
        id: event(body, "id")?,
        walkthrough: event(body, "walkthrough")?,
        from: person(body, "from")?,
        teacher: person(body, "teacher"),
        at: moment(body, "at")?,
        text: text(body, "text"),
        students: text(body, "students"),
        question: text(body, "question"),
        answers: list(body, "answers", answer),
        opened: moment(body, "opened"),
        shared: body.get("shared")?.as_bool()?,
    })
}

/// A bright spot.
pub fn bright_spot(body: &Value) -> Option<BrightSpotDocument> {
    let permission = match word(body, "permission")? {
        "not_asked" => PermissionDocument::NotAsked,
        "asked" => PermissionDocument::Asked,
        "given_for_site" => PermissionDocument::GivenForSite,
        "given_for_district" => PermissionDocument::GivenForDistrict,
        "refused" => PermissionDocument::Refused,
        "withdrawn" => PermissionDocument::Withdrawn,
        _ => return None,
    };
    let id = |value: &Value| value.as_str()?.parse().ok();
    Some(BrightSpotDocument {
        id: event(body, "id")?,
        walkthrough: event(body, "walkthrough"),
        teacher: person(body, "teacher"),
        site: uuid(body, "site").map(SiteId),
        form: form(body)?,
        look_for: text(body, "look_for").map(LookForKey),
        at: moment(body, "at")?,
        evidence: text(body, "evidence"),
        permission,
        open_questions: list(body, "open_questions", id),
        given_questions: list(body, "given_questions", id),
    })
}

/// A call for support.
pub fn support(body: &Value) -> Option<SupportDocument> {
    Some(SupportDocument {
        id: event(body, "id")?,
        walkthrough: event(body, "walkthrough"),
        teacher: person(body, "teacher"),
        site: uuid(body, "site").map(SiteId),
        form: form(body),
        at: moment(body, "at")?,
        category: category(body)?,
        given: moment(body, "given"),
    })
}

/// A person.
pub fn known(body: &Value) -> Option<Known> {
    let posts = body.get("posts")?.as_array()?;
    let ideas = posts
        .iter()
        .filter_map(|post| text(post.get("place")?, "idea"));
    Some(Known {
        id: person(body, "id")?,
        name: text(body, "name"),
        coaches: posts.iter().any(|post| word(post, "role") == Some("coach")),
        ideas: ideas.collect(),
        left: body.get("left")?.as_bool()?,
    })
}

/// What a class is called.
pub fn title(body: &Value) -> Option<String> {
    text(body, "title")
}

/// The data of something that was said here.
pub fn data(saying: &Saying) -> Option<Data> {
    let data = json::parsed(&saying.data).ok()?;
    let data = &data;
    Some(Data {
        walkthrough: event(data, "walkthrough")?,
        feedback: event(data, "feedback"),
        bright_spot: event(data, "bright_spot"),
        look_for: text(data, "look_for").map(LookForKey),
        asked: event(data, "asked"),
        wanted: event(data, "wanted"),
        answer: reaction(data),
        circle: match word(data, "circle") {
            Some("site") => Some(Circle::Site),
            Some("district") => Some(Circle::District),
            _ => None,
        },
        category: category(data),
    })
}

/// A text that was said with it, by its name.
pub fn said(saying: &Saying, name: &str) -> Option<String> {
    let words = json::parsed(saying.words.as_ref()?).ok()?;
    text(words.get("said")?, name)
}

fn word<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn text(value: &Value, name: &str) -> Option<String> {
    word(value, name).map(str::to_owned)
}

fn uuid(value: &Value, name: &str) -> Option<Uuid> {
    word(value, name)?.parse().ok()
}

fn event(value: &Value, name: &str) -> Option<EventId> {
    uuid(value, name).map(EventId)
}

fn person(value: &Value, name: &str) -> Option<PersonId> {
    uuid(value, name).map(PersonId)
}

fn number(value: &Value, name: &str) -> Option<u32> {
    value.get(name)?.as_u64()?.try_into().ok()
}

fn small(value: &Value, name: &str) -> Option<u16> {
    value.get(name)?.as_u64()?.try_into().ok()
}

pub(super) fn moment(value: &Value, name: &str) -> Option<Moment> {
    let moment = value.get(name)?;
    Some(Moment {
        at_utc_ms: moment.get("at_utc_ms")?.as_i64()?,
        offset_min: moment.get("offset_min")?.as_i64()?.try_into().ok()?,
    })
}

fn form(value: &Value) -> Option<FormRef> {
    let form = value.get("form")?;
    Some(FormRef {
        key: text(form, "key")?,
        version: number(form, "version")?,
    })
}

fn list<T>(value: &Value, name: &str, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    let all = value.get(name).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(read).collect()
}

fn notes(value: &Value) -> BTreeMap<LookForKey, String> {
    let notes = value.get("notes").and_then(Value::as_object);
    let note =
        |(key, text): (&String, &Value)| Some((LookForKey(key.clone()), text.as_str()?.to_owned()));
    notes.into_iter().flatten().filter_map(note).collect()
}

fn reaction(value: &Value) -> Option<Reaction> {
    match word(value, "answer")? {
        "thanks" => Some(Reaction::Thanks),
        "reply" => Some(Reaction::Reply),
        _ => None,
    }
}

fn answer(value: &Value) -> Option<AnswerDocument> {
    Some(AnswerDocument {
        at: moment(value, "at")?,
        answer: reaction(value)?,
        text: text(value, "text"),
    })
}

fn category(value: &Value) -> Option<Category> {
    Some(match word(value, "category")? {
        "materials" => Category::Materials,
        "planning_time" => Category::PlanningTime,
        "modelling" => Category::Modelling,
        "content" => Category::Content,
        "grouping" => Category::Grouping,
        "language" => Category::Language,
        _ => return None,
    })
}

fn problem(value: &Value) -> Option<Problem> {
    json::read_value(value).ok()
}

fn rated(value: &Value) -> Option<Rated> {
    Some(Rated {
        look_for: LookForKey(text(value, "look_for")?),
        rating: rating(value.get("rating")?)?,
    })
}

/// The look-for of a rating that a later version of Lookfor recorded.
fn unread(value: &Value) -> Option<LookForKey> {
    match rated(value) {
        Some(_) => None,
        None => text(value, "look_for").map(LookForKey),
    }
}

fn rating(value: &Value) -> Option<Rating> {
    if let Some(state) = value.as_str() {
        return Some(match state {
            "seen" => Rating::Seen,
            "partly" => Rating::Partly,
            "not_seen" => Rating::NotSeen,
            "not_the_moment" => Rating::NotTheMoment,
            "noted" => Rating::Noted,
            _ => return None,
        });
    }
    let (kind, held) = value.as_object()?.iter().next()?;
    Some(match kind.as_str() {
        "level" => Rating::Level(held.as_u64()?.try_into().ok()?),
        "count" => {
            let second = |one: &Value| one.as_u64()?.try_into().ok();
            Rating::Count(held.as_array()?.iter().filter_map(second).collect())
        }
        "timed" => Rating::Timed {
            seconds: number(held, "seconds")?,
            unsure: held.get("unsure").and_then(Value::as_bool).unwrap_or(false),
        },
        "ratio" => Rating::Ratio {
            part: small(held, "part")?,
            of: small(held, "of")?,
        },
        "seats" => Rating::Seats {
            focus: small(held, "focus")?,
            others: small(held, "others")?,
        },
        "one" => Rating::One(held.as_str()?.into()),
        "many" => {
            let key = |one: &Value| one.as_str().map(str::to_owned);
            Rating::Many(held.as_array()?.iter().filter_map(key).collect())
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
