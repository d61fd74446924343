//! The story of a bright spot, on three devices with their files and a real server: what the teacher lets
//! others see is seen, and what she takes back is gone.

use crate::device_sign_in::{ids, sign_in, until_ids};
use crate::facts::{asked, given, named_by_id, tagged, withdrawn};
use crate::native::{device, open};
use crate::server::{TestServer, push_as, receipt};
use crate::signed_in::{ADMIN, asking, invitation, new_device, post, read, signed_in};
use lookfor::domain::act::bright_spot::Circle;
use lookfor::domain::collect::draft::Rated;
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::walkthrough::{Setting, Walkthrough};
use lookfor::domain::event::{Envelope, Fact, Origin, Words, said};
use lookfor::domain::id::{DeviceId, DraftId, EventId, PersonId, SiteId};
use lookfor::domain::moment::Moment;
use lookfor::domain::people::{Place, Post, Role};
use lookfor::host::Host;
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::Path;
use tempfile::TempDir;

const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};
/// What the principal heard; it must be where it may be, and nowhere else.
const HEARD: &str = "We drew it first, and then we knew what they ask.";

fn site() -> SiteId {
    SiteId::mint(1, [1; 10])
}

fn at_site(role: Role) -> Post {
    Post {
        role,
        place: Place::Site(site()),
    }
}

/// A person with a device that speaks the protocol by itself.
struct Voice {
    person: PersonId,
    device: DeviceId,
    token: String,
    said: Cell<u64>,
}

impl Voice {
    /// Says a fact, with these words, and has a receipt for it.
    async fn says(
        &self,
        server: &TestServer,
        fact: impl Into<Fact>,
        words: Option<&str>,
    ) -> EventId {
        let number = self.said.get() + 1;
        self.said.set(number);
        let [.., own] = *self.person.0.as_bytes();
        let id = EventId::mint(NOON.at_utc_ms, [7, own, number as u8, 0, 0, 0, 0, 0, 0, 0]);
        let origin = Origin {
            id,
            device: self.device,
            number,
            author: self.person,
            at: NOON,
        };
        let words = words.map(|text| Words {
            salt: "0123456789abcdef".repeat(2),
            said: [(said::NOTE.to_owned(), text.to_owned())].into(),
        });
        let envelope = Envelope::seal(origin, &fact.into(), words.as_ref());
        let answers = push_as(&server.url, Some(&self.token), &[envelope]).await;
        receipt(&answers.unwrap()[0]);
        id
    }
}

/// The office adds a person with posts, and gives them the device that speaks.
async fn hire(server: &TestServer, admin: &str, number: u8, name: &str, posts: &[Post]) -> Voice {
    let person = PersonId::mint(2, [number; 10]);
    let adds = json!({"id": person, "name": name, "posts": posts});
    read::<Value>(&post(server, "/api/v1/people", admin, &adds).await);
    let secret = invitation(server, admin, person).await;
    let device = new_device(number);
    let token = signed_in(&server.url, &asking(&secret, device)).await.token;
    Voice {
        person,
        device,
        token,
        said: Cell::new(0),
    }
}

/// Another device of the person: the app, without its window, over a folder.
async fn app(server: &TestServer, admin: &str, whose: &Voice) -> (TempDir, Host) {
    let folder = tempfile::tempdir().unwrap();
    let host = device(folder.path(), &server.url);
    open(&host).await;
    sign_in(&host, invitation(server, admin, whose.person).await).await;
    (folder, host)
}

fn holds(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        match path.is_dir() {
            true => holds(&path, text),
            false => {
                let bytes = std::fs::read(path).unwrap();
                bytes
                    .windows(text.len())
                    .any(|part| part == text.as_bytes())
            }
        }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bright_spot_is_shown_on_three_devices_as_the_teacher_says_and_a_role_brings_and_takes() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let school = json!({"id": site(), "name": "Mesa Verde"});
    read::<Value>(&post(&server, "/api/v1/sites", &admin, &school).await);
    let principal = hire(&server, &admin, 11, "Pia", &[at_site(Role::Principal)]).await;
    let teacher = hire(&server, &admin, 12, "Luz", &[at_site(Role::Teacher)]).await;
    let coach = hire(&server, &admin, 13, "Cho", &[at_site(Role::Coach)]).await;
    let colleague = hire(&server, &admin, 14, "Ned", &[at_site(Role::Teacher)]).await;
    let (_, phone) = app(&server, &admin, &teacher).await;
    let (coach_folder, laptop) = app(&server, &admin, &coach).await;
    let (colleague_folder, tablet) = app(&server, &admin, &colleague).await;

    // The principal visits Luz and tags what worked. Luz sees it, and so does the coach; Ned does not.
    let walkthrough = Walkthrough {
        draft: DraftId::mint(1, [1; 10]),
        visit: 1,
        form: Form::three_reads().form,
        begun: NOON,
        rated: vec![Rated {
            look_for: LookForKey("purpose-said".into()),
            rating: Rating::Seen,
        }],
        phase: None,
        students: None,
        focus_seats: None,
        setting: Some(Setting {
            site: site(),
            whom: named_by_id(teacher.person),
            observers: 1,
            notice_given: false,
            minutes: 6,
            agreement: 1,
        }),
    };
    let visit = principal
        .says(&server, walkthrough, Some("A quiet room."))
        .await;
    let spot = principal.says(&server, tagged(visit), Some(HEARD)).await;
    let one = spot.to_string();
    until_ids(&phone, "bright_spot", &[&one]).await;
    until_ids(&laptop, "bright_spot", &[&one]).await;
    assert_eq!(ids(&tablet, "bright_spot").await, Vec::<String>::new());
    assert_eq!(ids(&laptop, "walkthrough").await, Vec::<String>::new());
    until_ids(&phone, "walkthrough", &[&visit.to_string()]).await;
    assert!(!holds(colleague_folder.path(), HEARD));

    // Asked, and given for the site: Ned sees it, and Luz's visit he does not.
    let question = coach.says(&server, asked(visit, spot), None).await;
    let yes = given(visit, spot, question, Circle::Site);
    teacher.says(&server, yes, None).await;
    until_ids(&tablet, "bright_spot", &[&one]).await;
    assert_eq!(ids(&tablet, "walkthrough").await, Vec::<String>::new());

    // Taken back: gone from his tablet, to the last byte of its files.
    teacher
        .says(&server, withdrawn(visit, spot, question), None)
        .await;
    until_ids(&tablet, "bright_spot", &[]).await;
    until_ids(&laptop, "bright_spot", &[&one]).await;
    until_ids(&phone, "bright_spot", &[&one]).await;

    // Ned becomes a coach and gets what coaches get; then he is none any more.
    let posts = format!("/api/v1/people/{}/posts", colleague.person);
    let coaches = json!({"give": [at_site(Role::Coach)]});
    read::<Value>(&post(&server, &posts, &admin, &coaches).await);
    until_ids(&tablet, "bright_spot", &[&one]).await;
    let ends = json!({"end": [at_site(Role::Coach), at_site(Role::Teacher)]});
    read::<Value>(&post(&server, &posts, &admin, &ends).await);
    until_ids(&tablet, "bright_spot", &[]).await;
    until_ids(&tablet, "person", &[&colleague.person.to_string()]).await;

    for _ in 0..500 {
        if !holds(colleague_folder.path(), HEARD) {
            assert!(
                holds(coach_folder.path(), HEARD),
                "it is looked for rightly"
            );
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("it is still in a file");
}
