//! A submitted visit as its observer finds it again, and where its record is.

use super::form::FormRef;
use crate::domain::id::EventId;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use serde::{Deserialize, Serialize};

/// A submitted visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The number of its event on this device.
    pub number: u64,
    /// Its event, which feedback and everything else about it names.
    pub id: EventId,
    /// The visit's number on this device.
    pub visit: u32,
    /// The form that it was recorded on.
    pub form: FormRef,
    /// When it was submitted.
    pub submitted: Moment,
    /// Where it is.
    pub whereabouts: Whereabouts,
}

/// Where a record is, as far as there is proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "where", rename_all = "snake_case")]
pub enum Whereabouts {
    /// Only here.
    OnThisDevice,
    /// Here, and on its way.
    Sending,
    /// On the server: there is a receipt, made after the server's commit.
    OnTheServer {
        /// When the server stored it, by the server's clock.
        received_at_utc_ms: i64,
    },
    /// Here; the server can never accept it.
    SetAside {
        /// Why.
        problem: Problem,
    },
}
