//! The district: what holds in all of its sites.

use serde::{Deserialize, Serialize};

/// The district as everybody in it knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct District {
    /// What it is called; none as long as it has not said so.
    pub name: Option<String>,
    /// Whether it is invented, to show what Lookfor does: every screen says so.
    #[serde(default)]
    pub demo: bool,
    /// Its zone, as the IANA time zone database names it.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// The day on which a week begins: 1 is Monday, 7 is Sunday.
    #[serde(default = "monday")]
    pub week_start: u8,
    /// Its languages, the most wanted first, such as `en`.
    #[serde(default)]
    pub languages: Vec<String>,
}

fn monday() -> u8 {
    1
}
