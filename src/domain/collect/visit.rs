//! A visit as its observer finds it again: begun and open, or submitted, and where its record is.

use super::draft::{DraftHead, Tap};
use super::form::{Form, FormRef};
use super::look_for::Bilingual;
use crate::domain::claim::ClaimCode;
use crate::domain::id::{DraftId, EventId};
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use serde::{Deserialize, Serialize};

/// An open visit, to go on with: what is needed to draw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// What it was before its first tap.
    pub head: DraftHead,
    /// Its own copy of its form.
    pub form: Form,
    /// Its taps, in order.
    pub taps: Vec<Tap>,
    /// What the teacher is called, where the device knows it.
    pub name: Option<String>,
}

/// An open visit in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// The draft.
    pub draft: DraftId,
    /// The visit's number on this device.
    pub visit: u32,
    /// The name of the change idea.
    pub title: Bilingual,
    /// When it was begun.
    pub begun: Moment,
    /// What the teacher is called, where the device knows it.
    pub name: Option<String>,
    /// How many look-fors are answered.
    pub answered: u32,
    /// How many are asked.
    pub asked: u32,
}

/// A submitted visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The number of its event on this device.
    pub number: u64,
    /// Its event.
    pub id: EventId,
    /// The visit's number on this device.
    pub visit: u32,
    /// The form that it was recorded on.
    pub form: FormRef,
    /// The name of the change idea; none for a visit from before forms were kept with it.
    pub title: Option<Bilingual>,
    /// When it was submitted.
    pub submitted: Moment,
    /// What the teacher is called, where the record names one and the device knows it.
    pub name: Option<String>,
    /// The code with which the teacher takes it, where the agreement keeps names off forms.
    pub code: Option<ClaimCode>,
    /// Where it is, with everything that was said with it: as far as the part that is behind.
    pub whereabouts: Whereabouts,
}

/// Where a record is, as far as there is proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
