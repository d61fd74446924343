//! Why an errand stopped, in words for the person at the terminal.

use std::fmt;
use std::path::Path;

/// One or more sentences that say what went wrong and, where there is one, the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

/// What every step of an errand gives back.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure that says `sentence`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// For `map_err`: says that `deed` was not possible with the file or folder at `path`.
    pub fn at<E: fmt::Display>(deed: &str, path: &Path) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("Could not {deed} {}: {error}.", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
