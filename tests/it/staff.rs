//! A school with one observer and one teacher, on a server: who they are, what they record, and the
//! documents that the feed makes of it.

use crate::server::{Stored, client};
use lookfor::domain::act::feedback::FeedbackSent;
use lookfor::domain::agreement::{Agreement, Agreements};
use lookfor::domain::collect::draft::Rated;
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::walkthrough::{Setting, Walkthrough, Whom};
use lookfor::domain::document::{Audience, Document, PersonDocument, of_story};
use lookfor::domain::event::{Body, Envelope, Fact, Origin, Words, said};
use lookfor::domain::fold::{Read, Story};
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::{DeviceId, DraftId, EventId, PersonId, SiteId};
use lookfor::domain::moment::Moment;
use lookfor::domain::people::{Merges, People, Place, Post, Role};
use lookfor::sync::protocol::{Answer, PROTOCOL, PUSH_PATH, Push, Pushed};
use rusqlite::params;
use std::collections::BTreeSet;
use std::path::Path;

/// What was noticed: words that must be in no log and no mail.
pub const NOTICED: &str = "You named a purpose before the second read, <b>Quetzal</b>.";
/// The observer's line of evidence.
pub const HEARD: &str = "“Is it the same bus both times?” asked the Xylophone table.";
pub const OBSERVER_NAME: &str = "Principal Alvarez-Zuniga";
pub const TEACHER_NAME: &str = "Wilhelmina Ortega";
pub const TEACHER_MAIL: &str = "w.ortega@school.example";

/// 2026-11-24T18:46Z, a Tuesday; 10:46 in California.
const BEGUN: Moment = Moment {
    at_utc_ms: 1_795_545_960_000,
    offset_min: -480,
};

/// People are numbers here.
pub fn person(number: u8) -> PersonId {
    PersonId::mint(BEGUN.at_utc_ms, [number; 10])
}

pub const OBSERVER: u8 = 1;
pub const TEACHER: u8 = 2;
pub const ADMIN: u8 = 3;
pub const OTHER: u8 = 4;

/// A person's device.
pub fn device(number: u8) -> DeviceId {
    DeviceId::mint(0, [number; 10])
}

/// The token of a person's device.
pub fn token(number: u8) -> String {
    format!("token of {number}")
}

/// Where they all work.
pub fn site() -> SiteId {
    SiteId::mint(BEGUN.at_utc_ms, [7; 10])
}

/// Puts four people with devices into the store.
pub fn hire(stored: &Stored, language: &str) {
    let sql =
        "insert into person (id, name, mail, language, added_at_utc_ms) values (?1,?2,?3,?4,0)";
    let sql_of_device = "insert into device (id, person, token_sha256, label, signed_in_at_utc_ms, \
                  seen_at_utc_ms) values (?1, ?2, ?3, 'a device', 0, 0)";
    for (number, name, mail) in [
        (OBSERVER, OBSERVER_NAME, None),
        (TEACHER, TEACHER_NAME, Some(TEACHER_MAIL)),
        (ADMIN, "Ada Admin", None),
        (OTHER, "Olga Other", Some("other@school.example")),
    ] {
        let id = *person(number).0.as_bytes();
        let row = params![id, name, mail, language];
        stored.0.execute(sql, row).unwrap();
        let token = Sha256::of(token(number).as_bytes()).0;
        let device_id = *device(number).0.as_bytes();
        stored
            .0
            .execute(sql_of_device, params![device_id, id, token])
            .unwrap();
    }
    let sql = "insert into post (person, role, place, from_utc_ms) values (?1, ?2, ?3, 0)";
    for (number, post) in posts() {
        let role = serde_json::to_value(post.role).unwrap();
        let place = match post.place {
            Place::Site(site) => format!("site:{site}"),
            _ => "district".into(),
        };
        let id = *person(number).0.as_bytes();
        stored
            .0
            .execute(sql, params![id, role.as_str(), place])
            .unwrap();
    }
}

/// What the four do.
fn posts() -> [(u8, Post); 4] {
    let here = |role| Post {
        role,
        place: Place::Site(site()),
    };
    let admin = Post {
        role: Role::Admin,
        place: Place::District,
    };
    [
        (OBSERVER, here(Role::Principal)),
        (TEACHER, here(Role::Teacher)),
        (ADMIN, admin),
        (OTHER, here(Role::Teacher)),
    ]
}

/// An event of the observer, the `number`th of that device.
fn sealed(number: u64, fact: &Fact, name: &str, text: &str) -> (EventId, Envelope) {
    let [.., low] = number.to_be_bytes();
    let id = EventId::mint(BEGUN.at_utc_ms, [100, low, 0, 0, 0, 0, 0, 0, 0, 0]);
    let origin = Origin {
        id,
        device: device(OBSERVER),
        number,
        author: person(OBSERVER),
        at: BEGUN,
    };
    let words = Words {
        salt: "0123456789abcdef".repeat(2),
        said: [(name.to_owned(), text.to_owned())].into(),
    };
    (id, Envelope::seal(origin, fact, Some(&words)))
}

/// The `nth` visit, from 1, to this teacher, with its feedback, and the feedback's id.
pub fn visit(nth: u64, teacher: u8, noticed: &str) -> (EventId, Vec<Envelope>) {
    let whom = Whom::Named {
        teacher: person(teacher),
        class: None,
    };
    visit_to(nth, whom, noticed)
}

/// The same to whomever the form says.
pub fn visit_to(nth: u64, whom: Whom, noticed: &str) -> (EventId, Vec<Envelope>) {
    let walkthrough = Walkthrough {
        draft: DraftId::mint(BEGUN.at_utc_ms, [9; 10]),
        visit: 3,
        form: Form::three_reads().form,
        begun: BEGUN,
        rated: vec![Rated {
            look_for: LookForKey("purpose-said".into()),
            rating: Rating::Partly,
        }],
        phase: None,
        students: None,
        focus_seats: None,
        setting: Some(Setting {
            site: site(),
            whom,
            observers: 1,
            notice_given: false,
            minutes: 7,
            agreement: 1,
        }),
    };
    let fact = Fact::from(walkthrough);
    let (walkthrough, submitted) = sealed(2 * nth - 1, &fact, said::NOTE, HEARD);
    let fact = Fact::from(FeedbackSent { walkthrough });
    let (feedback, sent) = sealed(2 * nth, &fact, said::FEEDBACK, noticed);
    (feedback, vec![submitted, sent])
}

/// More feedback on a visit, under these numbers of the observer's device.
pub fn more_feedback(visit: &Envelope, numbers: std::ops::Range<u64>) -> Vec<Envelope> {
    let body: serde_json::Value = serde_json::from_str(&visit.body).unwrap();
    let walkthrough = body["id"].as_str().unwrap().parse().unwrap();
    let fact = Fact::from(FeedbackSent { walkthrough });
    numbers
        .map(|number| sealed(number, &fact, said::FEEDBACK, "And more.").1)
        .collect()
}

/// Pushes as the device of a person.
pub async fn push_as(url: &str, number: u8, envelopes: Vec<Envelope>) -> Vec<Answer> {
    let push = Push {
        protocol: PROTOCOL,
        envelopes,
    };
    let answer = client()
        .post(format!("{url}{PUSH_PATH}"))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {}", token(number)))
        .body(serde_json::to_string(&push).unwrap())
        .send()
        .await
        .unwrap();
    let pushed: Pushed = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    pushed.answers
}

/// A visit with feedback on the server and in the teacher's feed.
pub async fn write_up(url: &str, data: &Path, nth: u64) -> EventId {
    write_up_for(url, data, nth, TEACHER).await
}

/// The same for this teacher.
pub async fn write_up_for(url: &str, data: &Path, nth: u64, teacher: u8) -> EventId {
    let (feedback, envelopes) = visit(nth, teacher, NOTICED);
    for answer in push_as(url, OBSERVER, envelopes).await {
        crate::server::receipt(&answer);
    }
    project(&Stored::in_folder(data), true);
    feedback
}

/// Makes the documents of all visits anew from the events, as the projector does. With `named`, the
/// teacher's feed says what the observer is called.
pub fn project(stored: &Stored, named: bool) {
    let events: Vec<Read> = stored.rows().iter().filter_map(read).collect();
    let agreements = Agreements::of(Vec::new());
    let posts = posts().map(|(number, post)| (person(number), post, true));
    let people = People::of(Merges::default(), posts);
    let submitted = events
        .iter()
        .filter(|event| matches!(event.fact, Fact::WalkthroughSubmitted(_)));
    let mut made: Vec<(Audience, Document)> = submitted
        .filter_map(|event| Story::of(event.id, &events, &people, &agreements))
        .flat_map(|story| of_story(&story, &agreements))
        .collect();
    if named {
        let observer = PersonDocument {
            id: person(OBSERVER),
            name: Some(OBSERVER_NAME.into()),
            posts: Vec::new(),
            left: false,
        };
        let audience = Audience::Person(person(TEACHER));
        made.push((audience, Document::Person(observer)));
    }
    made.push((Audience::Everyone, Document::Agreement(Agreement::first())));
    put(stored, &made);
}

fn put(stored: &Stored, made: &[(Audience, Document)]) {
    let sql = "insert into document (audience, kind, id, number, about, body) \
               values (?1, ?2, ?3, (select coalesce(max(number), 0) + 1 from document), 'test', ?4) \
               on conflict (audience, kind, id) do update \
               set number = excluded.number, body = excluded.body \
               where body is not excluded.body";
    let mut kept = BTreeSet::new();
    for (audience, document) in made {
        let (name, body) = (document.name(), serde_json::to_string(document).unwrap());
        let row = params![audience.to_string(), name.kind, name.id, body];
        stored.0.execute(sql, row).unwrap();
        kept.insert((audience.to_string(), name));
    }
}

fn read(row: &crate::server::Row) -> Option<Read> {
    let body: Body = serde_json::from_slice(&row.body).unwrap();
    let fact = body.read().unwrap()?;
    let words = row.words.as_ref();
    let words: Option<Words> = words.map(|words| serde_json::from_slice(words).unwrap());
    Some(Read {
        id: body.id,
        number: body.number,
        author: body.author,
        at: Moment {
            at_utc_ms: body.at_utc_ms,
            offset_min: body.offset_min,
        },
        received_at_utc_ms: row.received_at_utc_ms,
        server_number: row.server_number.unsigned_abs(),
        fact,
        said: words.map(|words| words.said).unwrap_or_default(),
    })
}
