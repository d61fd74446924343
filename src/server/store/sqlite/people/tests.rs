//! Merges, and what they do to posts, sign-ins and records.

use super::*;
use crate::domain::event::{Envelope, Origin};
use crate::domain::hash::Sha256;
use crate::domain::id::{DeviceId, EventId};
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use crate::server::store::devices::Devices;
use crate::server::store::people::Persons;
use crate::server::store::secrets::{NewSecret, SecretKind, Secrets, ShownAs, SignInAttempt};
use crate::server::store::sqlite::SqliteStore;
use crate::server::store::{Caller, Events};
use crate::sync::office::{AddPerson, ChangePosts, Language};
use crate::sync::protocol::Answer;
use rstest::rstest;

const ADMIN: Post = Post {
    role: Role::Admin,
    place: Place::District,
};

fn person(number: u8) -> PersonId {
    PersonId::mint(i64::from(number), [number; 10])
}

fn merged(from: u8, into: u8) -> PersonMerged {
    PersonMerged {
        from: person(from),
        into: person(into),
    }
}

/// A store with people 1 to 6, of whom 1 is an admin since the moment 100, and 2 was from 100 to 200.
async fn store(folder: &tempfile::TempDir) -> SqliteStore {
    let store = SqliteStore::open(folder.path()).expect("there is room");
    for number in 1..=6 {
        let posts = match number {
            1 | 2 => vec![ADMIN],
            _ => Vec::new(),
        };
        let added = AddPerson {
            id: person(number),
            name: format!("Person {number}"),
            mail: None,
            language: Language::English,
            posts,
        };
        let added = store.add_person(added, 100).await.expect("it works");
        added.expect("it is new");
    }
    let end = ChangePosts {
        give: Vec::new(),
        end: vec![ADMIN],
    };
    let ended = store.change_posts(person(2), end, 200).await;
    ended.expect("it works").expect("there is another admin");
    store
}

/// Stores the event, received at this moment, and projects it; whether it counted.
async fn say(store: &SqliteStore, author: u8, fact: PersonMerged, received: i64) -> bool {
    let number = received.unsigned_abs();
    let origin = Origin {
        id: EventId::mint(received, [author; 10]),
        device: DeviceId::mint(0, [author; 10]),
        number,
        author: person(author),
        at: Moment {
            at_utc_ms: 0,
            offset_min: 0,
        },
    };
    let envelope = Envelope::seal(origin, &Fact::PersonMerged(fact.clone()), None);
    let caller = Caller {
        person: origin.author,
        device: origin.device,
    };
    let pushed = store.push(vec![envelope.into()], caller, received).await;
    assert_eq!(
        pushed.expect("it works").map(|answers| answers.len()),
        Ok(1)
    );
    let counted = store.write(move |connection| {
        let transaction = connection.transaction()?;
        let counted = merge(&transaction, &fact, received)?;
        transaction.commit()?;
        Ok(counted)
    });
    counted.await.expect("it works")
}

/// Signs the device in as whom an invitation for this person makes it.
async fn sign_in(
    store: &SqliteStore,
    number: u8,
    device: DeviceId,
    formerly: Option<PersonId>,
) -> PersonId {
    let sha256 = Sha256::of(uuid::Uuid::new_v4().as_bytes());
    let invitation = NewSecret {
        kind: SecretKind::Invitation,
        person: person(number),
        sha256,
        made_at_utc_ms: 0,
        expires_utc_ms: 1_000,
    };
    let given = store.give(invitation).await.expect("it works");
    given.expect("they have not left");
    let attempt = SignInAttempt {
        shown_as: ShownAs::Link,
        secret_sha256: sha256,
        token_sha256: sha256,
        device,
        formerly,
        label: "a test".into(),
        now_utc_ms: 300,
    };
    let newcomer = store.sign_in(attempt).await.expect("it works");
    newcomer.expect("the secret is good").person
}

/// Whether an event of this author is taken from this caller.
async fn is_taken(store: &SqliteStore, author: u8, caller: Caller) -> bool {
    let origin = Origin {
        id: EventId(uuid::Uuid::new_v4()),
        device: caller.device,
        number: u64::from(author),
        author: person(author),
        at: Moment {
            at_utc_ms: 0,
            offset_min: 0,
        },
    };
    let fact = Fact::PersonMerged(merged(5, 6));
    let envelope = Envelope::seal(origin, &fact, None);
    let answers = store.push(vec![envelope.into()], caller, 400).await;
    let answers = answers.expect("it works").expect("its device is in use");
    let taken = matches!(answers.as_slice(), [Answer::Receipt(_)]);
    let refused = [Answer::Refused(Problem::NotTheAuthor)];
    assert!(taken || answers == refused, "{answers:?}");
    taken
}

async fn people(store: &SqliteStore) -> People {
    let people = store.read(|connection| load(connection));
    people.await.expect("it works")
}

#[rstest]
#[case::an_admin(1, 150, true)]
#[case::an_admin_before_they_were_one(1, 99, false)]
#[case::an_admin_of_then(2, 150, true)]
#[case::who_was_one_once(2, 200, false)]
#[case::somebody(3, 150, false)]
#[tokio::test]
async fn only_what_an_admin_says_merges(
    #[case] author: u8,
    #[case] received: i64,
    #[case] counts: bool,
) {
    let folder = tempfile::tempdir().expect("there is room");
    let store = store(&folder).await;
    let counted = say(&store, author, merged(3, 4), received).await;
    assert_eq!(counted, counts);
    assert_eq!(people(&store).await.are_one(person(3), person(4)), counts);
}

#[tokio::test]
async fn merges_are_followed_in_any_order_and_posts_are_held_by_all_entries() {
    let folder = tempfile::tempdir().expect("there is room");
    let store = store(&folder).await;
    assert!(say(&store, 1, merged(4, 5), 150).await);
    assert!(say(&store, 1, merged(3, 4), 160).await);
    assert!(say(&store, 1, merged(3, 4), 170).await);
    assert!(say(&store, 1, merged(6, 1), 180).await);
    let people = people(&store).await;
    for entry in [3, 4, 5] {
        assert_eq!(people.resolve(person(entry)), person(5));
    }
    assert_eq!(people.resolve(person(2)), person(2));
    assert!(people.posts(person(6)).eq([&ADMIN]));
    assert!(people.has_held(person(2), Role::Admin, &Place::District));
    assert_eq!(people.posts(person(2)).count(), 0);
    assert_eq!(store.posts(person(6)).await.expect("it works"), [ADMIN]);
    let all = store.read(|connection| entries(connection, person(3)));
    let all = all.await.expect("it works");
    assert_eq!(all, [person(5), person(3), person(4)]);
    let about = store.read(|connection| {
        connection
            .prepare("select 1 from to_refresh where about = 'people'")?
            .exists([])
    });
    assert!(about.await.expect("it works"));
}

#[tokio::test]
async fn who_was_merged_signs_in_as_the_entry_that_stands_and_sends_as_any_of_them() {
    let folder = tempfile::tempdir().expect("there is room");
    let store = store(&folder).await;
    let device = DeviceId::mint(0, [7; 10]);
    // Before the merge, on a store that had recorded under an id of its own.
    let before = sign_in(&store, 3, device, Some(person(9))).await;
    assert_eq!(before, person(3));
    assert!(say(&store, 1, merged(3, 4), 150).await);
    let other = DeviceId::mint(0, [8; 10]);
    for device in [device, other] {
        assert_eq!(sign_in(&store, 3, device, None).await, person(4));
        let caller = Caller {
            person: person(4),
            device,
        };
        for (author, taken) in [(3, true), (4, true), (9, true), (5, false), (1, false)] {
            assert_eq!(is_taken(&store, author, caller).await, taken, "{author}");
        }
        let devices = store.devices(caller, false, None).await.expect("it works");
        assert!(devices.iter().all(|device| device.person == person(4)));
    }
}
