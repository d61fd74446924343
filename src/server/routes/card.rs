//! `/card/{secret}`: feedback for a reader without the app.
//!
//! `GET` shows one button and asks the store nothing, so that a mail scanner opens nothing and a guess
//! learns nothing. `POST` opens; `POST …/thanks` and `POST …/reply` answer; what else is said there is in
//! [`super::card_voice`]. The secret in the address is
//! what lets a reader in; a request that another site's page made is refused all the same.

use crate::domain::act::feedback::Reaction;
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
use crate::report::card::{self as page, CardPage, STYLESHEET};
use crate::report::card_status::Just;
use crate::server::chance::Chance;
use crate::server::limit::{Client, Kind};
use crate::server::router::Shared;
use crate::server::store::StoreFailure;
use crate::server::store::cards::{CardAnswer, CardContents, Shown, of_these_words};
use crate::text::Language;
use crate::text::feedback::REPLY_MAX;
use axum::body::to_bytes;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;
use std::time::Instant;
use tokio::time::timeout;

/// The largest form that a card posts: a reply in bytes that are each written as three, and its key.
const FORM_MAX_BYTES: usize = 16 * 1024;

/// The button.
pub async fn door(uri: Uri, headers: HeaderMap) -> Response {
    let language = asked_for(&uri).unwrap_or_else(|| preferred(&headers));
    html(StatusCode::OK, page::door(language, stylesheet()))
}

/// Opens a card.
pub async fn open(
    State(shared): State<Shared>,
    Path(secret): Path<String>,
    reader: Reader,
) -> Response {
    let opened = shared
        .store
        .open_card(hash(&secret), Chance::draw(), now_utc_ms())
        .await;
    reader.answer(opened, &secret, None)
}

/// Thanks.
pub async fn thanks(
    State(shared): State<Shared>,
    Path(secret): Path<String>,
    reader: Reader,
    request: Request,
) -> Response {
    let form = match form(request, shared.read_timeout).await {
        Ok(form) => form,
        Err(problem) => return reader.failed(&problem),
    };
    let Some(key) = key(&form) else {
        return reader.failed(&wrong("key"));
    };
    let answer = CardAnswer {
        key,
        reaction: Reaction::Thanks,
        text: None,
    };
    let answered = shared
        .store
        .answer_card(hash(&secret), answer, draw_two(), now_utc_ms())
        .await;
    reader.answered(answered, &secret, Just::Thanked)
}

/// Replies.
pub async fn reply(
    State(shared): State<Shared>,
    Path(secret): Path<String>,
    reader: Reader,
    request: Request,
) -> Response {
    let form = match form(request, shared.read_timeout).await {
        Ok(form) => form,
        Err(problem) => return reader.failed(&problem),
    };
    let Some(key) = key(&form) else {
        return reader.failed(&wrong("key"));
    };
    // Browsers send line breaks as two characters and count them as one.
    let text = form.get("reply").map_or("", String::as_str);
    let text = text.replace("\r\n", "\n").trim().to_owned();
    let wanting = match text.chars().count() {
        0 => Some(Just::Nothing),
        length if length > REPLY_MAX => Some(Just::TooLong(&text)),
        _ => None,
    };
    if let Some(just) = wanting {
        let opened = shared
            .store
            .open_card(hash(&secret), Chance::draw(), now_utc_ms())
            .await;
        return reader.answer(opened, &secret, Some(just));
    }
    let answer = CardAnswer {
        key: of_these_words(key, &text),
        reaction: Reaction::Reply,
        text: Some(text.clone()),
    };
    let answered = shared
        .store
        .answer_card(hash(&secret), answer, draw_two(), now_utc_ms())
        .await;
    reader.answered(answered, &secret, Just::Replied(&text))
}

/// The stylesheet of all these pages. Its address changes with its contents, so it is kept for ever.
pub async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, STYLESHEET).into_response()
}

/// Who reads, as far as the request says it.
pub struct Reader {
    /// The language that was asked for; if none, the one that the person reads.
    asked_for: Option<Language>,
    preferred: Language,
    /// Whether the district is an invented one.
    demo: bool,
}

impl Reader {
    fn language(&self) -> Language {
        self.asked_for.unwrap_or(self.preferred)
    }

    /// The card, or why it is not shown.
    pub(super) fn answer(
        &self,
        card: Result<Option<CardContents>, StoreFailure>,
        secret: &str,
        just: Option<Just<'_>>,
    ) -> Response {
        let card = match card {
            Ok(Some(card)) => card,
            Ok(None) => {
                return self.closed(just.and_then(Just::typed));
            }
            Err(failure) => {
                tracing::error!(%failure, "The store failed on a card.");
                return self.failed(&Problem::ServerFailed);
            }
        };
        let status = match just {
            Some(just) if !just.is_kept() => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        };
        let (feedback, walkthrough) = match &card.shown {
            Shown::Feedback(feedback, visit) => (Some(feedback), visit.as_deref()),
            Shown::Visit(visit) => (None, Some(visit)),
        };
        let new_key = || EventId::mint(now_utc_ms(), Chance::draw().take()).to_string();
        let text = page::card(&CardPage {
            language: self.asked_for.unwrap_or(card.language),
            feedback,
            walkthrough,
            form: card.form.as_ref(),
            observer: card.observer.as_deref(),
            voice: &card.voice,
            agreement: &card.agreement,
            expires_utc_ms: card.expires_utc_ms,
            path: &format!("/card/{secret}"),
            keys: &[new_key(), new_key(), new_key()],
            just,
            stylesheet: stylesheet(),
            demo: self.demo,
        });
        html(status, text)
    }

    /// The card after it was answered, or why it was not.
    fn answered(
        &self,
        card: Result<Result<Option<CardContents>, Problem>, StoreFailure>,
        secret: &str,
        just: Just<'_>,
    ) -> Response {
        match card {
            Ok(Ok(card)) => self.answer(Ok(card), secret, Some(just)),
            Ok(Err(problem)) => self.failed(&problem),
            Err(failure) => self.answer(Err(failure), secret, Some(just)),
        }
    }

    /// The page of a link that is not good, with what was typed.
    pub(super) fn closed(&self, typed: Option<&str>) -> Response {
        let text = page::closed(self.language(), typed, stylesheet());
        html(StatusCode::GONE, text)
    }

    pub(super) fn failed(&self, problem: &Problem) -> Response {
        let refusal = crate::server::error::Refusal::from(problem.clone());
        let text = page::failed(self.language(), problem, stylesheet());
        html(refusal.status, text)
    }
}

/// Lets a request that looks at a secret come in, or answers it: every handler of a card takes its reader
/// before the body, so that none forgets the limit.
impl FromRequestParts<Shared> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Response> {
        let Ok(Client(address)) = Client::from_request_parts(parts, shared).await;
        let reader = Self {
            asked_for: asked_for(&parts.uri),
            preferred: preferred(&parts.headers),
            demo: shared.demo,
        };
        let tried = shared.limits.check(Kind::Card, address, Instant::now());
        tried.map_err(|problem| reader.failed(&problem))?;
        if is_from_elsewhere(&parts.headers) {
            let text = page::from_elsewhere(reader.language(), stylesheet());
            return Err(html(StatusCode::FORBIDDEN, text));
        }
        Ok(reader)
    }
}

/// Whether another site's page made the request. Browsers say it in a header that no page can change
/// (Fetch Metadata, section 2.2); what does not say it is no browser of these days.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_some_and(|site| site != "same-origin" && site != "none")
}

fn asked_for(uri: &Uri) -> Option<Language> {
    let query = uri.query().unwrap_or_default();
    let (_, tag) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang")?;
    [Language::English, Language::Spanish]
        .into_iter()
        .find(|language| language.tag() == tag)
}

/// The language that the browser asks for.
fn preferred(headers: &HeaderMap) -> Language {
    let tags = headers.get(header::ACCEPT_LANGUAGE);
    let tags = tags.and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    Language::best(tags.split([',', ';']).map(str::trim))
}

/// The fields of a form, within the limits of size and time.
pub(super) async fn form(
    request: Request,
    patience: Duration,
) -> Result<HashMap<String, String>, Problem> {
    let bytes = timeout(patience, to_bytes(request.into_body(), FORM_MAX_BYTES))
        .await
        .map_err(|_| wrong("request"))?
        .map_err(|_| Problem::TooLarge {
            place: "request".into(),
            limit_bytes: FORM_MAX_BYTES as u64,
        })?;
    Ok(form_urlencoded::parse(&bytes).into_owned().collect())
}

/// The key that a form carries: an id of ours.
pub(super) fn key(form: &HashMap<String, String>) -> Option<EventId> {
    let key: EventId = form.get("key")?.parse().ok()?;
    (key.0.get_version_num() == 7).then_some(key)
}

pub(super) fn wrong(place: &str) -> Problem {
    Problem::Malformed {
        place: place.into(),
        reason: "this is not what the card's form sends".into(),
    }
}

pub(super) fn hash(secret: &str) -> Sha256 {
    Sha256::of(secret.as_bytes())
}

pub(super) fn draw_two() -> [Chance; 2] {
    [Chance::draw(), Chance::draw()]
}

pub(super) fn now_utc_ms() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

fn stylesheet() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| {
        let sum = Sha256::of(STYLESHEET.as_bytes()).to_string();
        format!("/card.css?{}", sum.get(..12).unwrap_or_default())
    })
}

/// A page that nobody keeps.
fn html(status: StatusCode, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, text).into_response()
}
