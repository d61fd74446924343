//! Who asks for a page of the office, and what they send: the border that every page stands behind.

use super::form::Fields;
use super::stylesheet;
use crate::domain::problem::Problem;
use crate::report::office::door::{Instead, instead};
use crate::report::office::frame::{Frame, Rank};
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::routes::now_utc_ms;
use crate::server::session::{self, Cookie};
use crate::server::store::StoreFailure;
use crate::server::store::sessions::Seated;
use crate::text::Language;
use crate::text::office::frame::FrameSay;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tokio::time::timeout;

/// The largest form, in bytes.
const FORM_MAX_BYTES: usize = 64 * 1024;

/// An answer that is no page that was asked for.
pub struct Refused(Box<Response>);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl From<Response> for Refused {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

/// What a handler answers.
pub type Answer = Result<Response, Refused>;

/// Somebody with a role here, who asks for a page.
pub struct Office {
    /// What all handlers share.
    pub shared: Shared,
    /// Who asks.
    pub seated: Seated,
    /// In which role.
    pub rank: Rank,
    /// What the address asks for.
    pub asked: Fields,
    /// The address, without what was just done.
    pub path: String,
    /// Under which address the browser reaches the server, such as `https://lookfor.district.org`.
    pub server: String,
    cookie: Cookie,
}

impl FromRequestParts<Shared> for Office {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refused> {
        let language = preferred(&parts.headers);
        let closed = || answer(language, Instead::Closed);
        let cookie = Cookie::of(&parts.headers, shared.behind_proxy).ok_or_else(closed)?;
        let session = shared.store.session(cookie.sha256(), now_utc_ms()).await;
        let seated = stored(language, session)?.ok_or_else(closed)?;
        let Some(rank) = Rank::of(&seated.posts) else {
            // Who lost the roles has no session any more, also if they come back.
            let ended = shared.store.end_session(cookie.sha256()).await;
            stored(language, ended)?;
            let refused = answer(seated.language, Instead::NotYours);
            return Err(without_cookie(refused).into());
        };
        let asked = Fields::read(parts.uri.query().unwrap_or_default().as_bytes());
        Ok(Self {
            server: server(shared, &parts.headers),
            path: path(&parts.uri),
            shared: shared.clone(),
            seated,
            rank,
            asked,
            cookie,
        })
    }
}

impl Office {
    /// Goes on only for an admin.
    pub fn admin(&self) -> Result<(), Refused> {
        match self.rank {
            Rank::Admin => Ok(()),
            Rank::Lead => Err(self.instead(Instead::NotYours)),
        }
    }

    /// Whether a form with this token was made for this session.
    pub fn made(&self, token: &str) -> bool {
        token == self.cookie.form_token()
    }

    /// What stands around a page; the page itself is made within, since it borrows all of this.
    pub fn page(&self, make: impl FnOnce(&Frame<'_>) -> String) -> Response {
        self.page_as(StatusCode::OK, &self.path, make)
    }

    /// The same with a status, and with the address at which the page can be read again.
    pub fn page_as(
        &self,
        status: StatusCode,
        path: &str,
        make: impl FnOnce(&Frame<'_>) -> String,
    ) -> Response {
        let frame = Frame {
            language: self.seated.language,
            rank: self.rank,
            name: self.seated.name.as_deref(),
            token: &self.cookie.form_token(),
            offset_min: self.seated.offset_min,
            now_utc_ms: now_utc_ms(),
            path,
            done: done(self.asked.get("done")),
            stylesheet: stylesheet(),
            demo: self.shared.demo,
        };
        html(status, make(&frame))
    }

    /// What the store answered.
    pub fn stored<T>(&self, answer: Result<T, StoreFailure>) -> Result<T, Refused> {
        stored(self.seated.language, answer)
    }

    /// A page that stands instead.
    pub fn instead(&self, what: Instead) -> Refused {
        answer(self.seated.language, what).into()
    }

    /// The page for a problem that no form can show.
    pub fn failed(&self, problem: &Problem) -> Refused {
        let what = match problem {
            Problem::NotFound => Instead::NotThere,
            Problem::NotAllowed => Instead::NotYours,
            Problem::TooLarge { .. } => Instead::TooLarge,
            Problem::TooManyTries { .. } => Instead::Waiting,
            _ => Instead::ServerFailed,
        };
        self.instead(what)
    }

    /// The id that an address names; what is none names nothing.
    pub fn named<Id: std::str::FromStr>(&self, text: &str) -> Result<Id, Refused> {
        text.parse().map_err(|_| self.instead(Instead::NotThere))
    }

    /// Ends this session.
    pub async fn leave(&self) -> Result<(), Refused> {
        let ended = self.shared.store.end_session(self.cookie.sha256()).await;
        self.stored(ended)
    }

    /// Has the pages of this session speak a language.
    pub async fn speak(&self, language: Language) -> Result<(), Refused> {
        let said = self.shared.store.speak(self.cookie.sha256(), language);
        self.stored(said.await)
    }
}

/// A form from a page of the office, with its token.
pub struct Posted {
    /// Who sent it.
    pub office: Office,
    /// What it says.
    pub fields: Fields,
}

impl FromRequest<Shared> for Posted {
    type Rejection = Refused;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Refused> {
        let (mut parts, body) = request.into_parts();
        if !session::is_from_here(&parts.headers) {
            return Err(answer(preferred(&parts.headers), Instead::FromElsewhere).into());
        }
        let office = Office::from_request_parts(&mut parts, shared).await?;
        let fields = read(Request::from_parts(parts, body), shared.read_timeout)
            .await
            .map_err(|what| office.instead(what))?;
        if !office.made(fields.get("token")) {
            return Err(office.instead(Instead::FromElsewhere));
        }
        Ok(Self { office, fields })
    }
}

async fn read(request: Request, patience: Duration) -> Result<Fields, Instead> {
    let bytes = timeout(patience, to_bytes(request.into_body(), FORM_MAX_BYTES))
        .await
        .map_err(|_| Instead::Waiting)?
        .map_err(|_| Instead::TooLarge)?;
    Ok(Fields::read(&bytes))
}

/// The way to a page, and what was done on it.
pub fn to(path: &str, done: &'static str) -> Response {
    let sign = if path.contains('?') { '&' } else { '?' };
    go(&format!("{path}{sign}done={done}"))
}

/// The way to a page.
pub fn go(path: &str) -> Response {
    let to = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/office"));
    let headers = [
        (header::LOCATION, to),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// What the address says was just done.
fn done(name: &str) -> Option<FrameSay> {
    Some(match name {
        "added" => FrameSay::DoneAdded,
        "saved" => FrameSay::DoneSaved,
        "left" => FrameSay::DoneLeft,
        "back" => FrameSay::DoneBack,
        "posts" => FrameSay::DonePosts,
        "confirmed" => FrameSay::DoneConfirmed,
        "confirmed-ended" => FrameSay::DoneConfirmedEnded,
        "mail" => FrameSay::DoneMail,
        "merged" => FrameSay::DoneMerged,
        "ended" => FrameSay::DoneEnded,
        "adopted" => FrameSay::DoneAdopted,
        "idea" => FrameSay::DoneIdea,
        "form" => FrameSay::DoneForm,
        "taken" => FrameSay::DoneTaken,
        "backup" => FrameSay::DoneBackup,
        _ => return None,
    })
}

/// A page that nobody keeps.
pub fn html(status: StatusCode, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, text).into_response()
}

/// A page that stands instead of one.
pub fn answer(language: Language, what: Instead) -> Response {
    let status = match what {
        Instead::Closed => StatusCode::UNAUTHORIZED,
        Instead::DoorUsed => StatusCode::GONE,
        Instead::SignedOut => StatusCode::OK,
        Instead::NotYours | Instead::FromElsewhere => StatusCode::FORBIDDEN,
        Instead::NotThere => StatusCode::NOT_FOUND,
        Instead::Waiting => StatusCode::TOO_MANY_REQUESTS,
        Instead::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Instead::ServerFailed => StatusCode::INTERNAL_SERVER_ERROR,
    };
    html(status, instead(language, what, stylesheet()))
}

/// Takes the cookie from whoever gets this answer.
pub fn without_cookie(mut response: Response) -> Response {
    for cookie in session::unset() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// What the store answered; its fault is logged and not explained.
pub fn stored<T>(language: Language, answered: Result<T, StoreFailure>) -> Result<T, Refused> {
    answered.map_err(|failure| {
        tracing::error!(%failure, "The store failed on a page of the office.");
        answer(language, Instead::ServerFailed).into()
    })
}

/// The language that the browser asks for.
pub fn preferred(headers: &HeaderMap) -> Language {
    let tags = headers.get(header::ACCEPT_LANGUAGE);
    let tags = tags.and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    Language::best(tags.split([',', ';']).map(str::trim))
}

/// The address of a page without what was just done, for coming back to it.
fn path(uri: &Uri) -> String {
    let query = uri.query().unwrap_or_default();
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("done="))
        .collect();
    match kept.is_empty() {
        true => uri.path().to_owned(),
        false => format!("{}?{}", uri.path(), kept.join("&")),
    }
}

/// An address of the office, and of nothing else.
pub fn is_ours(path: &str) -> bool {
    let inside = path == "/office" || path.starts_with("/office/") || path.starts_with("/office?");
    inside
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

/// Where links lead: the address that the server was started with, or else the one that the browser uses.
fn server(shared: &Shared, headers: &HeaderMap) -> String {
    if let Some(public_url) = &shared.public_url {
        return public_url.clone();
    }
    if let Some(origin) = session::origin(headers) {
        return origin.to_owned();
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let scheme = match session::is_https(headers, shared.behind_proxy) {
        true => "https",
        false => "http",
    };
    format!("{scheme}://{}", host.unwrap_or("localhost"))
}

/// The status of a form that was not taken.
pub fn refused(problem: &Problem) -> StatusCode {
    Refusal::from(problem.clone()).status
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::the_root("/office", true)]
    #[case::a_page("/office/people?q=n%C3%BA", true)]
    #[case::the_app("/", false)]
    #[case::another_name("/officer", false)]
    #[case::another_host("//evil.example/office/", false)]
    #[case::a_line_break("/office/\r\nx", false)]
    fn a_way_back_stays_in_the_office(#[case] path: &str, #[case] ours: bool) {
        assert_eq!(is_ours(path), ours);
    }

    #[test]
    fn an_address_is_kept_without_what_was_done() {
        let uri: Uri = "/office/people?q=a&done=saved&after=1"
            .parse()
            .expect("one");
        assert_eq!(path(&uri), "/office/people?q=a&after=1");
        let uri: Uri = "/office?done=saved".parse().expect("one");
        assert_eq!(path(&uri), "/office");
    }
}
