//! Every request that is refused as a whole: with a clear code, in JSON, and nothing kept.

use crate::server::{Said, TestServer, client, sealed};
use crate::server_refusals::good;
use crate::signed_in::{device_id, person, token};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use lookfor::domain::agreement::Agreement;
use lookfor::domain::card::CardAct;
use lookfor::domain::claim::ClaimCode;
use lookfor::domain::collect::form::{Form, FormRef};
use lookfor::domain::document::Audience;
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::{ClassId, DeviceId, EventId, ImportId, PersonId, SiteId};
use lookfor::domain::place::{Day, District};
use lookfor::domain::plan::change_idea::ChangeIdea;
use lookfor::domain::plan::fault::Fault;
use lookfor::domain::problem::Problem;
use lookfor::server::chance::Chance;
use lookfor::server::import::progress::Progress;
use lookfor::server::router::{Shared, router};
use lookfor::server::store::agreements::AgreementVersions;
use lookfor::server::store::arrival::Arrival;
use lookfor::server::store::cards::{CardAnswer, CardContents, Cards, Spoken};
use lookfor::server::store::demo::{Demo, Demos};
use lookfor::server::store::devices::Devices;
use lookfor::server::store::feed::{Claims, Feed, News, Since};
use lookfor::server::store::forms::{Forms, Ideas, OnShelf};
use lookfor::server::store::imports::{Imports, Look, Take};
use lookfor::server::store::notices::{Looked, MailId, NewCard, Notices, Rules, Try};
use lookfor::server::store::people::{Asked, Places};
use lookfor::server::store::projection::{Projected, Projection};
use lookfor::server::store::secrets::{NewSecret, Newcomer, Secrets, SignInAttempt};
use lookfor::server::store::{Caller, Events, Later, StoreFailure, Tokens};
use lookfor::sync::office::ideas::{KeepIdea, OfficeIdea};
use lookfor::sync::office::imports::Import;
use lookfor::sync::office::{Device, KeepClass, Site};
use lookfor::sync::protocol::{Answer, Failure, PUSH_PATH};
use reqwest::Method;
use rstest::rstest;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;

#[rstest]
#[case::the_folder("/api")]
#[case::the_folder_with_a_slash("/api/")]
#[case::a_version("/api/v1")]
#[case::an_unknown_name("/api/v1/moon")]
#[case::a_later_version("/api/v2/push")]
#[case::push_with_a_slash("/api/v1/push/")]
#[case::bytes_that_are_not_utf_8("/api/%ff%00")]
#[tokio::test]
async fn what_is_not_in_the_api_is_not_found(#[case] path: &str) {
    let server = TestServer::start().await;
    for method in [Method::GET, Method::POST, Method::DELETE, Method::OPTIONS] {
        let request = client().request(method, format!("{}{path}", server.url));
        let said = Said::from(request).await;
        assert_eq!((said.status, said.problem()), (404, Problem::NotFound));
    }
}

#[rstest]
#[case::get_push(Method::GET, PUSH_PATH)]
#[case::put_push(Method::PUT, PUSH_PATH)]
#[case::delete_push(Method::DELETE, PUSH_PATH)]
#[case::options_push(Method::OPTIONS, PUSH_PATH)]
#[case::an_invented_method(Method::from_bytes(b"WALK").unwrap(), PUSH_PATH)]
#[case::post_health(Method::POST, "/api/v1/health")]
#[tokio::test]
async fn an_address_says_when_it_does_not_take_a_method(
    #[case] method: Method,
    #[case] path: &str,
) {
    let server = TestServer::start().await;
    let request = client().request(method, format!("{}{path}", server.url));
    let said = Said::from(request).await;
    assert_eq!(
        (said.status, said.problem()),
        (405, Problem::MethodNotAllowed)
    );
    assert!(!said.header("allow").is_empty());
}

#[tokio::test]
async fn the_server_says_that_it_is_up() {
    let said = TestServer::start().await.get("/api/v1/health").await;
    assert_eq!((said.status, said.text().as_str()), (200, r#"{"ok":true}"#));
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for_for_ever() {
    let soon = Duration::from_millis(200);
    let server = TestServer::with(|config| config.read_timeout = soon).await;
    let head =
        format!("POST {PUSH_PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n");
    let said = server
        .raw(format!("{head}content-length: 9\r\n\r\n{{").as_bytes())
        .await;
    assert!(said.starts_with("HTTP/1.1 408 "), "{said}");
    assert!(said.contains(r#""code":"server_failed""#), "{said}");
    // Nor for a head that does not come; the connection is closed without an answer.
    assert_eq!(server.raw(head.as_bytes()).await, "");
    assert_eq!(server.raw(b"").await, "");
    assert_eq!(server.push(&[sealed(1, 1)]).await.len(), 1);
}

#[tokio::test]
async fn a_body_that_comes_slowly_is_waited_for() {
    let patience = Duration::from_millis(400);
    let server = TestServer::with(|config| config.read_timeout = patience).await;
    let text = good();
    let head = format!(
        "host: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
         authorization: Bearer {}\r\n",
        token(1)
    );
    let length = text.len();
    let head = format!("POST {PUSH_PATH} HTTP/1.1\r\n{head}content-length: {length}\r\n\r\n");
    let mut stream = server.connect().await;
    stream.write_all(head.as_bytes()).await.unwrap();
    for piece in text.as_bytes().chunks(length / 6) {
        tokio::time::sleep(patience / 4).await;
        stream.write_all(piece).await.unwrap();
    }
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    assert!(said.starts_with("HTTP/1.1 200 "), "{said}");
}

/// A store with a bug, and one with a broken disk.
pub enum Broken {
    Panics,
    Fails,
}

/// What a broken store answers to whatever is not asked of it here.
pub fn broken<'a, T: Send + 'a>() -> Later<'a, T> {
    Box::pin(async { Err(StoreFailure("broken".into())) })
}

impl Tokens for Broken {
    fn caller(&self, _: Sha256, _: i64) -> Later<'_, Option<Caller>> {
        let caller = Caller {
            person: person(1),
            device: device_id(1),
        };
        Box::pin(std::future::ready(Ok(Some(caller))))
    }

    fn is_still(&self, _: Caller) -> Later<'_, bool> {
        Box::pin(std::future::ready(Ok(true)))
    }
}

impl Places for Broken {
    fn district(&self) -> Later<'_, District> {
        broken()
    }
    fn sites(&self, _: Option<SiteId>) -> Later<'_, Vec<Site>> {
        broken()
    }
    fn keep_site(&self, _: Site) -> Later<'_, ()> {
        broken()
    }
    fn keep_class(&self, _: KeepClass, _: i64) -> Asked<'_, ClassId> {
        broken()
    }
}

impl Secrets for Broken {
    fn give_first_admin(&self, _: Sha256, _: PersonId, _: i64, _: i64) -> Later<'_, bool> {
        broken()
    }
    fn give(&self, _: NewSecret) -> Asked<'_, ()> {
        broken()
    }
    fn sign_in(&self, _: SignInAttempt) -> Asked<'_, Newcomer> {
        broken()
    }
}

impl Devices for Broken {
    fn devices(&self, _: Caller, _: bool, _: Option<DeviceId>) -> Later<'_, Vec<Device>> {
        broken()
    }
    fn end_device(&self, _: Caller, _: bool, _: DeviceId, _: i64) -> Asked<'_, Device> {
        broken()
    }
}

impl Forms for Broken {
    fn shelf(&self) -> Later<'_, Vec<OnShelf>> {
        broken()
    }
    fn form(&self, _: FormRef) -> Later<'_, Option<Form>> {
        broken()
    }
    fn add_form(
        &self,
        _: ChangeIdea,
        _: PersonId,
        _: i64,
    ) -> Later<'_, Result<FormRef, Vec<Fault>>> {
        broken()
    }
}

impl Ideas for Broken {
    fn ideas(&self) -> Later<'_, Vec<OfficeIdea>> {
        broken()
    }
    fn keep_idea(&self, _: KeepIdea, _: PersonId, _: i64) -> Asked<'_, OfficeIdea> {
        broken()
    }
    fn lock_prediction(
        &self,
        _: String,
        _: String,
        _: PersonId,
        _: Chance,
        _: i64,
    ) -> Asked<'_, ()> {
        broken()
    }
}

impl AgreementVersions for Broken {
    fn agreements(&self) -> Later<'_, Vec<Agreement>> {
        broken()
    }
    fn adopt(&self, _: Agreement, _: PersonId, _: i64) -> Asked<'_, ()> {
        broken()
    }
}

/// What a request of this test does not come to.
fn fails<T: Send + 'static>() -> Later<'static, T> {
    let failure = StoreFailure("disk I/O error".into());
    Box::pin(std::future::ready(Err(failure)))
}

impl Demos for Broken {
    fn is_demo(&self) -> Later<'_, bool> {
        fails()
    }
    fn begin_demo(&self, _: Day) -> Later<'_, Option<Demo>> {
        fails()
    }
    fn demo_loaded(&self) -> Later<'_, ()> {
        fails()
    }
}

impl Projection for Broken {
    fn begin(&self, _: i64) -> Later<'_, ()> {
        fails()
    }
    fn rebuild(&self, _: i64) -> Later<'_, ()> {
        fails()
    }
    fn project(&self, _: i64) -> Later<'_, Projected> {
        fails()
    }
    fn count(&self, _: i64) -> Later<'_, Projected> {
        fails()
    }
    fn next_agreement(&self, _: i64) -> Later<'_, Option<i64>> {
        fails()
    }
    fn retain(&self, _: i64, _: Chance) -> Later<'_, u64> {
        fails()
    }
    fn settle(&self) -> Later<'_, bool> {
        fails()
    }
}

impl Feed for Broken {
    fn audiences(&self, _: PersonId) -> Later<'_, BTreeSet<Audience>> {
        fails()
    }
    fn pull(&self, _: PersonId, _: Since, _: u32) -> Later<'_, News> {
        fails()
    }
}

impl Claims for Broken {
    fn claim(&self, _: PersonId, _: ClaimCode, _: i64, _: Chance) -> Later<'_, Option<EventId>> {
        fails()
    }
}

fn failing<T: Send + 'static>() -> Later<'static, T> {
    let failure = StoreFailure("disk I/O error at Ms. Ortega".into());
    Box::pin(std::future::ready(Err(failure)))
}

impl Cards for Broken {
    fn open_card(&self, _: Sha256, _: Chance, _: i64) -> Later<'_, Option<CardContents>> {
        match self {
            Self::Panics => panic!("Ms. Ortega is nobody's business"),
            Self::Fails => failing(),
        }
    }

    fn answer_card(
        &self,
        _: Sha256,
        _: CardAnswer,
        _: [Chance; 2],
        _: i64,
    ) -> Asked<'_, Option<CardContents>> {
        failing()
    }

    fn say_on_card(
        &self,
        _: Sha256,
        _: EventId,
        _: CardAct,
        _: [Chance; 2],
        _: i64,
    ) -> Asked<'_, Option<Spoken>> {
        failing()
    }

    fn revoke_cards(&self, _: EventId, _: Caller, _: i64) -> Later<'_, Result<u32, Problem>> {
        failing()
    }
}

impl Notices for Broken {
    fn note_feedback(&self, _: Looked, _: i64, _: i64) -> Later<'_, Looked> {
        failing()
    }

    fn begin_try(&self, _: NewCard, _: Rules, _: i64) -> Later<'_, Option<Try>> {
        failing()
    }

    fn accepted(&self, _: MailId, _: i64) -> Later<'_, ()> {
        failing()
    }

    fn give_up(&self, _: MailId, _: String) -> Later<'_, ()> {
        failing()
    }
}

impl Imports for Broken {
    fn known_staff(&self, _: String) -> Later<'_, HashSet<String>> {
        failing()
    }
    fn look_at_import(&self, _: Look, _: Arc<Progress>) -> Later<'_, Import> {
        failing()
    }
    fn forget_imports(&self, _: i64) -> Later<'_, usize> {
        failing()
    }
    fn take_import(&self, _: Take, _: Arc<Progress>) -> Asked<'_, Import> {
        failing()
    }
    fn import(&self, _: ImportId) -> Later<'_, Option<Import>> {
        failing()
    }
    fn imports(&self, _: Option<ImportId>) -> Later<'_, Vec<Import>> {
        failing()
    }
}

impl Events for Broken {
    fn push(&self, _: Vec<Arrival>, _: Caller, _: i64) -> Asked<'_, Vec<Answer>> {
        match self {
            Self::Panics => panic!("Ms. Ortega is nobody's business"),
            Self::Fails => failing(),
        }
    }
}

/// The addresses over such a store.
pub fn over(broken: Broken) -> Router {
    let shared = Shared::over(Arc::new(broken));
    router(shared, None)
}

#[rstest]
#[case::panics(Broken::Panics)]
#[case::fails(Broken::Fails)]
#[tokio::test]
async fn a_fault_of_ours_is_answered_and_not_explained(#[case] broken: Broken) {
    let request = Request::post(PUSH_PATH)
        .header("content-type", "application/json")
        .header("authorization", "Bearer anything")
        .body(Body::from(good()))
        .unwrap();
    let response = over(broken).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(response.headers().contains_key("content-security-policy"));
    let body = axum::body::to_bytes(response.into_body(), 1_000)
        .await
        .unwrap();
    let failure: Failure = serde_json::from_slice(&body).unwrap();
    assert_eq!(failure.problem, Problem::ServerFailed);
}
