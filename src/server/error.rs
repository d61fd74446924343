//! The border to HTTP, where a [`Problem`] becomes an answer, and to the people who start the
//! server, who read a [`StartError`].

use super::routes::json;
use super::store::StoreFailure;
use crate::domain::problem::Problem;
use crate::sync::protocol::Failure;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::path::PathBuf;
use std::{fmt, io};

/// A request that is refused as a whole; nothing of it was kept.
#[derive(Debug)]
pub struct Refusal {
    /// The status that goes with the problem.
    pub status: StatusCode,
    /// Why.
    pub problem: Problem,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let status = match problem {
            Problem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::NotSignedIn => StatusCode::UNAUTHORIZED,
            Problem::NotAllowed | Problem::AgreementSaysNo { .. } => StatusCode::FORBIDDEN,
            Problem::SecretUnknown => StatusCode::GONE,
            Problem::TooManyTries { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Problem::ServerFailed => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { status, problem }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = self.problem;
        let wait_s = match problem {
            Problem::TooManyTries { wait_s } => Some(wait_s),
            _ => None,
        };
        let mut response = json(self.status, &Failure { problem });
        if let Some(wait_s) = wait_s {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, wait_s.into());
        }
        response
    }
}

/// Why the server did not start.
#[derive(Debug)]
pub enum StartError {
    /// The data folder cannot be made or opened.
    Folder(PathBuf, io::Error),
    /// Another process works in the data folder.
    FolderHeld(PathBuf),
    /// A later version of Lookfor wrote the store.
    StoreIsNewer {
        /// The schema version found.
        found: i64,
        /// The newest schema version known here.
        known: i64,
    },
    /// SQLite does not follow a setting that the promises rest on.
    Setting {
        /// The pragma.
        name: &'static str,
        /// What it was set to.
        wanted: String,
        /// What it is.
        found: String,
    },
    /// SQLite failed.
    Sqlite(rusqlite::Error),
    /// The feed cannot be made ready.
    Feed(StoreFailure),
    /// The writer's thread cannot be started.
    Thread(io::Error),
    /// The folder of the web app is not there.
    Web(PathBuf),
    /// Mail cannot be sent with these options.
    Mail(String),
    /// The address cannot be listened on.
    Listen(std::net::SocketAddr, io::Error),
    /// The store failed on its first question.
    Store(StoreFailure),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path, error) => {
                write!(
                    f,
                    "the data folder {} cannot be used: {error}",
                    path.display()
                )
            }
            Self::FolderHeld(path) => write!(
                f,
                "another Lookfor server is running on the data folder {}; only one can",
                path.display()
            ),
            Self::StoreIsNewer { found, known } => write!(
                f,
                "a later version of Lookfor wrote this store (schema {found}; this version knows \
                 up to {known}); start that version, or one after it"
            ),
            Self::Setting {
                name,
                wanted,
                found,
            } => write!(
                f,
                "SQLite did not take the setting {name}: it should be {wanted} and is {found}; \
                 the disk of the data folder may not support it"
            ),
            Self::Sqlite(error) => write!(f, "the store cannot be opened: {error}"),
            Self::Feed(failure) => write!(f, "the feed cannot be made ready: {failure}"),
            Self::Thread(error) => write!(f, "the store's writer cannot be started: {error}"),
            Self::Web(path) => {
                write!(
                    f,
                    "the folder of the web app, {}, is not there",
                    path.display()
                )
            }
            Self::Mail(what) => write!(f, "mail cannot be set up: {what}"),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Store(failure) => write!(f, "the store cannot be used: {failure}"),
        }
    }
}

impl std::error::Error for StartError {}

impl From<rusqlite::Error> for StartError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}
