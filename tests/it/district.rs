//! A district on a real server: people with their posts and devices, what they record, what they pull.

use crate::server::{Said, TestServer, client, edited, push_text, receipt, sealed};
use lookfor::domain::collect::draft::Rated;
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::walkthrough::{Setting, Walkthrough, Whom};
use lookfor::domain::document::{Audience, Document, Name};
use lookfor::domain::event::{Envelope, Fact, Origin, Words, said};
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::{DeviceId, DraftId, EventId, PersonId, SiteId};
use lookfor::domain::moment::Moment;
use lookfor::domain::people::{Place, Post, Role};
use lookfor::sync::protocol::{
    Answer, PROTOCOL, PULL_PATH, PUSH_PATH, Pull, Pulled, Pushed, SignedIn,
};
use rusqlite::{Connection, params};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

pub const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};

/// The kinds of documents that everybody has, whatever was recorded.
const ALWAYS: [&str; 5] = ["person", "class", "agreement", "site", "district"];

/// The form that all visits of these tests are made on.
pub const IDEA: &str = "three-reads";

pub fn site(number: u8) -> SiteId {
    SiteId::mint(1, [number; 10])
}

pub fn post(role: Role, place: Place) -> Post {
    let post = Post { role, place };
    assert!(post.fits());
    post
}

/// Teaches, coaches or leads at the first site.
pub fn at_site(role: Role) -> Post {
    post(role, Place::Site(site(1)))
}

/// A person with a signed-in device, which keeps what it pulls as a device does.
pub struct Member {
    pub person: PersonId,
    pub device: DeviceId,
    token: String,
    number: Cell<u64>,
    clock: Cell<Moment>,
    feed: Cell<Option<u64>>,
    cursors: RefCell<BTreeMap<Audience, u64>>,
    inbox: RefCell<BTreeMap<(Audience, Name), Document>>,
}

impl Member {
    fn of(number: u8) -> Self {
        Self {
            person: PersonId::mint(1, [number; 10]),
            device: DeviceId::mint(1, [number; 10]),
            token: format!("token of {number}"),
            number: Cell::new(0),
            clock: Cell::new(NOON),
            feed: Cell::new(None),
            cursors: RefCell::default(),
            inbox: RefCell::default(),
        }
    }

    /// Whoever signed in by a link, on this device.
    pub fn signed_in(held: &SignedIn, device: DeviceId) -> Self {
        Self {
            person: held.person,
            device,
            token: held.token.clone(),
            ..Self::of(99)
        }
    }

    /// Sets the device's clock.
    pub fn at(&self, clock: Moment) -> &Self {
        self.clock.set(clock);
        self
    }

    /// Seals a fact as this device's next event.
    pub fn seal(&self, fact: impl Into<Fact>, words: &[(&str, &str)]) -> (EventId, Envelope) {
        let number = self.number.get() + 1;
        self.number.set(number);
        let [.., a, b, c, d] = number.to_be_bytes();
        let [.., own] = *self.person.0.as_bytes();
        let id = EventId::mint(NOON.at_utc_ms, [1, 1, 1, own, a, b, c, d, 0, 0]);
        let origin = Origin {
            id,
            device: self.device,
            number,
            author: self.person,
            at: self.clock.get(),
        };
        let words = (!words.is_empty()).then(|| Words {
            salt: format!("{:032x}", u128::from(number) << 8 | u128::from(own)),
            said: words
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
        });
        (id, Envelope::seal(origin, &fact.into(), words.as_ref()))
    }

    /// A finished visit with a note.
    pub fn visit(&self, whom: Whom, note: &str) -> (EventId, Envelope) {
        self.visit_at(site(1), whom, note)
    }

    pub fn visit_at(&self, site: SiteId, whom: Whom, note: &str) -> (EventId, Envelope) {
        let [.., own] = *self.person.0.as_bytes();
        let number = self.number.get() as u8;
        let walkthrough = Walkthrough {
            draft: DraftId::mint(NOON.at_utc_ms, [2, 2, 2, own, number, 0, 0, 0, 0, 0]),
            visit: 1,
            form: Form::three_reads().form,
            begun: self.clock.get(),
            rated: vec![Rated {
                look_for: LookForKey("purpose-said".into()),
                rating: Rating::Partly,
            }],
            phase: None,
            students: None,
            focus_seats: None,
            setting: Some(Setting {
                site,
                whom,
                observers: 1,
                notice_given: false,
                minutes: 7,
                agreement: 1,
            }),
        };
        let on_look_for = said::note_on("heard");
        self.seal(walkthrough, &[(said::NOTE, note), (&on_look_for, note)])
    }

    pub fn request(&self, server: &TestServer, path: &str) -> reqwest::RequestBuilder {
        client()
            .get(format!("{}{path}", server.url))
            .bearer_auth(&self.token)
    }

    pub async fn post(&self, server: &TestServer, path: &str, body: String) -> Said {
        let request = client()
            .post(format!("{}{path}", server.url))
            .bearer_auth(&self.token)
            .header("content-type", "application/json")
            .body(body);
        Said::from(request).await
    }

    pub async fn push(&self, server: &TestServer, envelopes: &[Envelope]) -> Vec<Answer> {
        let answer = self.post(server, PUSH_PATH, push_text(envelopes)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        serde_json::from_slice::<Pushed>(&answer.body)
            .unwrap()
            .answers
    }

    /// Pushes one event that must be taken.
    pub async fn says(&self, server: &TestServer, event: (EventId, Envelope)) -> EventId {
        let answers = self.push(server, &[event.1]).await;
        receipt(&answers[0]);
        event.0
    }

    /// One request of a pull, as it was answered.
    pub async fn pull_once(&self, server: &TestServer, pull: &impl Serialize) -> Said {
        let body = serde_json::to_string(pull).unwrap();
        self.post(server, PULL_PATH, body).await
    }

    /// Pulls until there is no more, and keeps the inbox as a device does. Gives the names of what came.
    pub async fn pull(&self, server: &TestServer) -> Vec<(Audience, Name, bool)> {
        let mut came = Vec::new();
        loop {
            let pull = Pull {
                protocol: PROTOCOL,
                feed: self.feed.get(),
                cursors: self.cursors.borrow().clone(),
            };
            let answer = self.pull_once(server, &pull).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            let pulled: Pulled = serde_json::from_slice(&answer.body).unwrap();
            let (mut cursors, mut inbox) = (self.cursors.borrow_mut(), self.inbox.borrow_mut());
            if self.feed.replace(Some(pulled.feed)) != Some(pulled.feed) {
                cursors.clear();
                inbox.clear();
            }
            for lost in &pulled.lost {
                cursors.remove(lost);
                inbox.retain(|(audience, _), _| audience != lost);
            }
            for portion in pulled.portions {
                cursors.insert(portion.audience.clone(), portion.cursor);
                for change in portion.changes {
                    let there = change.document.is_some();
                    came.push((portion.audience.clone(), change.name.clone(), there));
                    let key = (portion.audience.clone(), change.name);
                    match change.document {
                        Some(text) => {
                            let document: Document = serde_json::from_str(text.get()).unwrap();
                            assert_eq!(document.name(), key.1);
                            inbox.insert(key, document);
                        }
                        None => {
                            inbox.remove(&key);
                        }
                    }
                }
            }
            if !pulled.more {
                return came;
            }
        }
    }

    /// The documents that the device has after pulling, each once, whoever they were made for.
    pub async fn documents(&self, server: &TestServer) -> Vec<Document> {
        self.pull(server).await;
        self.inbox.borrow().values().cloned().collect()
    }

    /// The audiences that the device knows to be in.
    pub fn audiences(&self) -> BTreeSet<String> {
        let cursors = self.cursors.borrow();
        cursors.keys().map(ToString::to_string).collect()
    }

    /// The kinds of documents that the device has after pulling, without those that everybody has.
    pub async fn kinds(&self, server: &TestServer) -> BTreeSet<String> {
        let documents = self.documents(server).await;
        let kinds = documents.iter().map(|document| document.name().kind);
        kinds
            .filter(|kind| !ALWAYS.contains(&kind.as_str()))
            .collect()
    }
}

/// A server and whoever is there before anybody else.
pub struct District {
    pub server: TestServer,
    clerk: Member,
    before: Vec<TestServer>,
}

impl District {
    pub async fn open() -> Self {
        Self::on(TestServer::start().await)
    }

    /// On a data folder in which people are already.
    pub async fn with_data(data: PathBuf) -> Self {
        Self {
            server: TestServer::with(|config| config.data = data).await,
            clerk: Member::of(255),
            before: Vec::new(),
        }
    }

    /// Goes on with another server on the same data. The old one's folder stays until the end.
    pub fn follow(&mut self, server: TestServer) {
        self.before
            .push(std::mem::replace(&mut self.server, server));
    }

    /// On a server that is started already.
    pub fn on(server: TestServer) -> Self {
        let clerk = Member::of(255);
        enrol(&server.stored().0, &clerk, &[]);
        Self {
            server,
            clerk,
            before: Vec::new(),
        }
    }

    /// A person with these posts, signed in on a device. Numbers are below 200.
    pub fn member(&self, number: u8, posts: &[Post]) -> Member {
        let member = Member::of(number);
        enrol(&self.server.stored().0, &member, posts);
        member
    }

    pub fn give(&self, member: &Member, given: &Post) {
        give(&self.server.stored().0, member.person, given);
    }

    pub fn take_back(&self, member: &Member, taken: &Post) {
        let (role, place) = columns(taken);
        let sql = "update post set until_utc_ms = ?4 \
                   where person = ?1 and role = ?2 and place = ?3";
        let connection = self.server.stored().0;
        let now_utc_ms = chrono::Utc::now().timestamp_millis();
        let row = params![member.person.0.as_bytes(), role, place, now_utc_ms];
        let ended = connection.execute(sql, row);
        assert_eq!(ended, Ok(1));
        refresh(&connection, "people");
    }

    /// What they did before, and do no more.
    pub fn gave(&self, member: &Member, given: &Post) {
        self.give(member, given);
        self.take_back(member, given);
    }

    pub fn agree(&self, agreement: &lookfor::domain::agreement::Agreement) {
        let connection = self.server.stored().0;
        let sql = "insert into agreement values (?1, ?2, ?3, null, 0)";
        let body = serde_json::to_string(agreement).unwrap();
        let row = params![agreement.version, agreement.from_utc_ms, body];
        connection.execute(sql, row).unwrap();
        refresh(&connection, "agreement");
    }

    /// Waits until everything that was stored is made into documents, for as long as a test can wait.
    pub async fn settled(&self) {
        // What was written beside the server wakes nobody; a push of anything does.
        let nudge = edited(
            sealed(255, 1),
            r#""kind":"walkthrough_submitted""#,
            r#""kind":"nudge""#,
        );
        let nudge = Envelope {
            body: nudge.body.replace(
                &PersonId::mint(NOON.at_utc_ms, [255; 10]).to_string(),
                &self.clerk.person.to_string(),
            ),
            words: None,
        };
        self.clerk.push(&self.server, &[nudge]).await;
        let connection = self.server.stored().0;
        let sql = "select (select count(*) from to_project) + (select count(*) from to_refresh) \
                   + (select count(*) from to_count) + (select erasure_due from feed)";
        for _ in 0..3_000 {
            let waiting: i64 = connection.query_row(sql, [], |row| row.get(0)).unwrap();
            if waiting == 0 {
                let parked: i64 = connection
                    .query_row("select count(*) from parked", [], |row| row.get(0))
                    .unwrap();
                assert_eq!(parked, 0, "nothing could not be projected");
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the projector does not come to an end");
    }

    /// Waits until a question to the store's file has this answer, for as long as a test can wait.
    pub async fn until(&self, sql: &str, wanted: i64) {
        let connection = self.server.stored().0;
        for _ in 0..3_000 {
            let found: i64 = connection.query_row(sql, [], |row| row.get(0)).unwrap();
            if found == wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it does not come to {wanted}: {sql}");
    }

    /// Every document that is there: audience, kind, id and body.
    pub fn feed(&self) -> BTreeSet<(String, String, String, String)> {
        let connection = self.server.stored().0;
        let sql = "select audience, kind, id, body from document where body is not null";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        });
        rows.unwrap().map(Result::unwrap).collect()
    }
}

fn columns(post: &Post) -> (String, String) {
    let role = serde_json::to_value(post.role).unwrap();
    let place = match &post.place {
        Place::Site(site) => format!("site:{site}"),
        Place::Idea(key) => format!("idea:{key}"),
        Place::District => "district".into(),
    };
    (role.as_str().unwrap().into(), place)
}

fn give(connection: &Connection, person: PersonId, given: &Post) {
    let (role, place) = columns(given);
    let sql = "insert into post (person, role, place, from_utc_ms) values (?1, ?2, ?3, 0)";
    let row = params![person.0.as_bytes(), role, place];
    connection.execute(sql, row).unwrap();
    refresh(connection, "people");
}

fn enrol(connection: &Connection, member: &Member, posts: &[Post]) {
    let person = member.person.0.as_bytes();
    let sql = "insert into person (id, name, added_at_utc_ms) values (?1, 'Somebody', 0)";
    connection.execute(sql, [person]).unwrap();
    let sql = "insert into device values (?1, ?2, ?3, 'A test', 0, 0, null)";
    let token = Sha256::of(member.token.as_bytes()).0;
    connection
        .execute(sql, params![member.device.0.as_bytes(), person, token])
        .unwrap();
    for given in posts {
        give(connection, member.person, given);
    }
    refresh(connection, "people");
}

pub fn refresh(connection: &Connection, about: &str) {
    let sql = "insert into to_refresh values (?1) on conflict do nothing";
    connection.execute(sql, [about]).unwrap();
}
