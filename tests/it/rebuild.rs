//! The same events in any order, and made again from nothing, give the same documents.

use crate::district::{NOON, refresh};
use lookfor::domain::act::bright_spot::{
    BrightSpotTagged, Circle, PermissionAsked, PermissionGiven, PermissionWithdrawn,
};
use lookfor::domain::act::feedback::{
    FeedbackAnswered, FeedbackOpened, FeedbackSent, FeedbackShared, Reaction,
};
use lookfor::domain::act::support::{Category, SupportGiven, SupportWanted};
use lookfor::domain::act::welcome::{VisitWelcomed, WelcomeWithdrawn};
use lookfor::domain::agreement::Agreement;
use lookfor::domain::collect::draft::Rated;
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::lesson::{Happened, LessonLogged};
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::survey::SurveyAnswered;
use lookfor::domain::collect::walkthrough::{Amendment, Setting, Walkthrough, Whom};
use lookfor::domain::erasure::{Why, WordsErased};
use lookfor::domain::event::{Body, Envelope, Fact, Origin, Words, said};
use lookfor::domain::id::{DeviceId, DraftId, EventId, PersonId, SiteId};
use lookfor::domain::people::{PersonAdded, PersonMerged};
use lookfor::domain::place::Day;
use lookfor::server::store::Caller;
use lookfor::server::store::Events;
use lookfor::server::store::projection::Projection;
use lookfor::server::store::sqlite::SqliteStore;
use proptest::prelude::*;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;
use std::path::Path;

/// Person 0 is an admin, 1 a coach; 2 leads, 3 teaches beside 5; 4 and 5 are visited.
const PEOPLE: u8 = 6;
/// Who is no entry of the office: somebody met them, and may add them on the spot.
const MET: u8 = 6;
/// By 2 to 4, by 3 to 5 as a peer, by 2 to whom they met.
const VISITS: u8 = 3;

fn person(number: u8) -> PersonId {
    PersonId::mint(1, [number; 10])
}

fn event(number: usize) -> EventId {
    // The first bytes hold the version and the variant of the id.
    EventId::mint(2, [9, 9, 9, 9, 9, 9, 9, 9, 9, number as u8])
}

fn rated(rating: Rating) -> Vec<Rated> {
    vec![Rated {
        look_for: LookForKey("purpose-said".into()),
        rating,
    }]
}

/// The day of [`NOON`], in California.
fn day() -> Day {
    Day::of(2026, 11, 25).expect("a Wednesday")
}

/// One random fact: what kind, by whom, about which visit, and which other event it names.
type Drawn = (u8, u8, u8, u8);

fn fact((kind, author, visit, other): Drawn, number: usize, events: usize) -> Fact {
    let walkthrough = event(usize::from(visit % VISITS));
    let other = event(usize::from(other) % events);
    match kind % 18 {
        0 => Amendment {
            walkthrough,
            base: if number.is_multiple_of(2) {
                walkthrough
            } else {
                other
            },
            rated: rated(Rating::STATES[number % 4].clone()),
        }
        .into(),
        1 | 2 => FeedbackSent { walkthrough }.into(),
        3 => FeedbackOpened {
            walkthrough,
            feedback: other,
        }
        .into(),
        4 => FeedbackAnswered {
            walkthrough,
            feedback: other,
            answer: Reaction::Reply,
        }
        .into(),
        5 => FeedbackShared {
            walkthrough,
            feedback: other,
        }
        .into(),
        6 => BrightSpotTagged {
            walkthrough,
            look_for: None,
        }
        .into(),
        7 => PermissionAsked {
            walkthrough,
            bright_spot: other,
        }
        .into(),
        8 => PermissionGiven {
            walkthrough,
            bright_spot: event(usize::from(visit) % events),
            asked: other,
            circle: Circle::Site,
        }
        .into(),
        9 => PermissionWithdrawn {
            walkthrough,
            bright_spot: other,
            asked: event(usize::from(visit) % events),
        }
        .into(),
        10 if number.is_multiple_of(2) => SupportGiven {
            walkthrough,
            wanted: other,
        }
        .into(),
        10 => SupportWanted {
            walkthrough,
            category: Category::Modelling,
        }
        .into(),
        11 => WordsErased {
            events: vec![other],
            why: Why::Asked,
        }
        .into(),
        12 => PersonMerged {
            from: person(author % PEOPLE),
            into: person(visit % (PEOPLE + 1)),
        }
        .into(),
        13 => SurveyAnswered {
            form: Form::three_reads().form,
            week: day(),
            revision: u32::from(visit % 3),
            answers: [("q".to_owned(), author % 6)].into(),
            named: number.is_multiple_of(2),
        }
        .into(),
        14 => LessonLogged {
            form: Form::three_reads().form,
            class: None,
            day: day(),
            week: day(),
            revision: u32::from(visit % 3),
            happened: (!number.is_multiple_of(3)).then_some(Happened::Yes),
            parts: [].into(),
            went: None,
        }
        .into(),
        15 => VisitWelcomed {
            site: SiteId::mint(1, [1; 10]),
            class: None,
            day: day(),
            idea: None,
            peers: number.is_multiple_of(2),
        }
        .into(),
        16 => WelcomeWithdrawn { welcome: other }.into(),
        _ => PersonAdded {
            person: person(MET),
            site: SiteId::mint(1, [1; 10]),
        }
        .into(),
    }
}

/// The drawn facts as sealed events, after the visits themselves.
fn sealed(drawn: &[Drawn]) -> Vec<Envelope> {
    let events = drawn.len() + usize::from(VISITS);
    let visits = (0..VISITS).map(|visit| {
        let observer = [2, 3, 2][usize::from(visit)];
        let walkthrough = Walkthrough {
            draft: DraftId::mint(1, [visit; 10]),
            visit: 1,
            form: Form::three_reads().form,
            begun: NOON,
            rated: rated(Rating::Seen),
            phase: None,
            students: None,
            focus_seats: None,
            setting: Some(Setting {
                site: SiteId::mint(1, [1; 10]),
                whom: Whom::Named {
                    teacher: person(4 + visit),
                    class: None,
                },
                observers: 1,
                notice_given: false,
                minutes: 5,
                agreement: 1,
            }),
        };
        (person(observer), Fact::from(walkthrough))
    });
    let facts = drawn.iter().enumerate().map(|(at, drawn)| {
        let number = at + usize::from(VISITS);
        (person(drawn.1 % PEOPLE), fact(*drawn, number, events))
    });
    visits
        .chain(facts)
        .enumerate()
        .map(|(number, (author, fact))| {
            let origin = Origin {
                id: event(number),
                device: DeviceId::mint(1, [1; 10]),
                number: number as u64 + 1,
                author,
                at: NOON,
            };
            let words = Words {
                salt: format!("{number:032x}"),
                said: [said::NOTE, said::FEEDBACK, said::REPLY]
                    .map(|name| (name.to_owned(), format!("{name} {number}")))
                    .into(),
            };
            Envelope::seal(origin, &fact, Some(&words))
        })
        .collect()
}

/// What a store makes of events that come in this order, a few at a time.
struct Made {
    documents: BTreeSet<(String, String, String, String)>,
    words: i64,
}

fn made(connection: &Connection) -> Made {
    let sql = "select audience, kind, id, body from document where body is not null";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    });
    let parked: i64 = connection
        .query_row("select count(*) from parked", [], |row| row.get(0))
        .unwrap();
    assert_eq!(parked, 0);
    Made {
        documents: rows.unwrap().map(Result::unwrap).collect(),
        words: connection
            .query_row("select count(*) from words", [], |row| row.get(0))
            .unwrap(),
    }
}

async fn settle(store: &SqliteStore) {
    loop {
        let projected = store.project(NOON.at_utc_ms).await.unwrap();
        let counted = store.count(NOON.at_utc_ms).await.unwrap();
        if !projected.more && !counted.more {
            break;
        }
    }
    assert!(store.settle().await.unwrap());
}

fn enrol(connection: &Connection) {
    for number in 0..PEOPLE {
        let sql = "insert into person (id, name, added_at_utc_ms) values (?1, 'Somebody', 0)";
        connection
            .execute(sql, [person(number).0.as_bytes()])
            .unwrap();
    }
    let sql =
        "insert into post (person, role, place, from_utc_ms) values (?1, 'admin', 'district', 0)";
    connection.execute(sql, [person(0).0.as_bytes()]).unwrap();
    refresh(connection, "people");
}

/// What the office does at some time, early or late.
const OFFICE: usize = 7;

fn office_does(connection: &Connection, number: usize) {
    let site = format!("site:{}", SiteId::mint(1, [1; 10]));
    let posts = [
        (1, "coach"),
        (2, "principal"),
        (3, "teacher"),
        (4, "teacher"),
        (5, "teacher"),
    ];
    match posts.get(number) {
        Some((number, role)) => {
            let sql = "insert into post (person, role, place, from_utc_ms) values (?1, ?2, ?3, 0)";
            let id = *person(*number).0.as_bytes();
            connection.execute(sql, params![id, role, site]).unwrap();
            refresh(connection, "people");
        }
        None if number == OFFICE - 1 => {
            // From before the visits on: a visit of five minutes is noted as too long.
            let agreement = Agreement {
                version: 2,
                minutes_max: 4,
                ..Agreement::first()
            };
            let body = serde_json::to_string(&agreement).unwrap();
            let sql = "insert into agreement values (2, 0, ?1, null, 0)";
            connection.execute(sql, [body]).unwrap();
            refresh(connection, "agreement");
        }
        None => {
            let sql = "update person set peer_visits = 1 where id = ?1";
            connection.execute(sql, [person(5).0.as_bytes()]).unwrap();
            refresh(connection, "people");
        }
    }
}

/// Without the numbers that say up to which event something counts: those are other ones where events
/// came in another order.
fn without_as_of(
    documents: &BTreeSet<(String, String, String, String)>,
) -> BTreeSet<(String, String, String, String)> {
    let strip = |body: &str| {
        let mut body: serde_json::Value = serde_json::from_str(body).unwrap();
        if let Some(inner) = body["body"].as_object_mut() {
            inner.remove("as_of");
        }
        body.to_string()
    };
    documents
        .iter()
        .map(|(audience, kind, id, body)| (audience.clone(), kind.clone(), id.clone(), strip(body)))
        .collect()
}

/// `office` says before which portion of events each thing is done.
async fn came(
    folder: &Path,
    envelopes: &[Envelope],
    at_once: usize,
    office: &[usize; OFFICE],
) -> (SqliteStore, Made) {
    let store = SqliteStore::open(folder).unwrap();
    let connection = Connection::open(folder.join("lookfor.sqlite")).unwrap();
    enrol(&connection);
    store.begin(NOON.at_utc_ms).await.unwrap();
    let portions = envelopes.chunks(at_once);
    let events_end = portions.len();
    for (at, some) in portions.enumerate() {
        for (number, when) in office.iter().enumerate() {
            if *when == at {
                office_does(&connection, number);
            }
        }
        for one in some {
            let Body { author, device, .. } = one.open().unwrap();
            let caller = Caller {
                person: author,
                device,
            };
            let arrivals = vec![one.clone().into()];
            store
                .push(arrivals, caller, NOON.at_utc_ms)
                .await
                .unwrap()
                .unwrap();
        }
        settle(&store).await;
    }
    // What is done after all events is done one by one: each alone must have made again what rests on it. The
    // agreement, which has every visit made again, comes first, and the yes last.
    let in_order = std::iter::once(OFFICE - 1).chain(0..OFFICE - 1);
    for number in in_order.filter(|number| office[*number] >= events_end) {
        office_does(&connection, number);
        settle(&store).await;
    }
    let made = made(&connection);
    (store, made)
}

fn shuffled(envelopes: &[Envelope], seed: u64) -> Vec<Envelope> {
    let mut shuffled = envelopes.to_vec();
    let mut state = seed | 1;
    for place in (1..shuffled.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        shuffled.swap(place, (state >> 33) as usize % (place + 1));
    }
    shuffled
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn a_rebuild_and_another_order_give_the_same_documents(
        drawn in prop::collection::vec(any::<Drawn>(), 1..30),
        seed in any::<u64>(),
        at_once in 1_usize..9,
        early in prop::array::uniform7(0_usize..4),
        late in prop::array::uniform7(0_usize..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let envelopes = sealed(&drawn);
            let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let (store, first) = came(one.path(), &envelopes, at_once, &early).await;
            let (_, second) = came(other.path(), &shuffled(&envelopes, seed), at_once, &late).await;
            prop_assert_eq!(
                without_as_of(&first.documents),
                without_as_of(&second.documents)
            );
            prop_assert_eq!(first.words, second.words);
            store.rebuild(NOON.at_utc_ms).await.unwrap();
            settle(&store).await;
            let connection = Connection::open(one.path().join("lookfor.sqlite")).unwrap();
            let again = made(&connection);
            prop_assert_eq!(again.documents, first.documents);
            prop_assert_eq!(again.words, first.words);
            Ok(())
        })?;
    }
}
