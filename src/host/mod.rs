//! Who holds the store: a thread natively, a worker in a browser.
//!
//! The page and the store meet only in values: a [`Request`] goes in, a [`Reply`] comes out, and
//! [`News`] tells what changed without being asked. Requests may be repeated: a draft's taps carry
//! revisions, a submitted draft stays submitted, what is said and who signs in carry ids, so a keeper that died is
//! replaced and asked again. Each request goes with the person who asks it ([`Asked::by`]): by the time it is
//! answered, somebody else's store may be open, in which it must do nothing.
//!
//! Reading order: this file, [`door`] (whose store is open), [`keeper`] (answers requests), [`parcel`] and
//! [`travel`] (what goes out and comes in), [`clock`] (time, and waiting for it),
//! then who runs them: `thread` natively, `worker` and `page` on
//! the web. Never here: what a screen shows.

pub mod clock;
pub mod door;
pub mod keeper;
pub mod parcel;
pub mod travel;

#[cfg(not(target_arch = "wasm32"))]
pub mod thread;
#[cfg(not(target_arch = "wasm32"))]
pub use thread::Host;

#[cfg(target_arch = "wasm32")]
mod opfs;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
pub mod worker;
#[cfg(target_arch = "wasm32")]
pub use page::Host;

use crate::domain::act::saying::{Said, Saying};
use crate::domain::collect::draft::{DraftHead, Tap};
use crate::domain::collect::today::{Classroom, Today};
use crate::domain::collect::visit::{Sheet, Visit};
use crate::domain::document::Name;
use crate::domain::id::{DeviceId, DraftId, EventId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
pub use crate::local::inbox::{DOCUMENTS_PAGE, Kept};
use serde::{Deserialize, Serialize};

/// How many visits a page of the list has.
pub const VISITS_PAGE: u32 = 8;

/// What the page asks of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Open the store. Answered by [`Reply::Opened`].
    Open,
    /// What the first screen shows. Answered by [`Reply::Today`].
    Today,
    /// Lay the visit down that is in hand: it stays open. Answered by [`Reply::Today`].
    LayDown,
    /// Begin a visit. Answered by [`Reply::Done`].
    Begin {
        /// What it is before its first tap.
        head: DraftHead,
    },
    /// Go on with an open visit. Answered by [`Reply::Sheet`].
    GoOn {
        /// The draft.
        draft: DraftId,
    },
    /// Put an open visit away without submitting it, or take it out again. Answered by [`Reply::Today`].
    Discard {
        /// The draft.
        draft: DraftId,
        /// When it is put away; none takes it out again.
        at_utc_ms: Option<i64>,
    },
    /// Classes by name. Answered by [`Reply::Classes`].
    Classes {
        /// What stands in the room, the title or the name.
        search: String,
        /// After so many.
        skip: u32,
    },
    /// Add a teacher on the spot. Answered by [`Reply::Done`].
    AddPerson {
        /// The person, by a new id.
        person: PersonId,
        /// Where they teach.
        site: SiteId,
        /// What they are called.
        name: String,
        /// When.
        at: Moment,
    },
    /// Keep a tap. Answered by [`Reply::Done`] after the commit.
    Keep {
        /// The draft that it belongs to, which the first tap begins.
        head: DraftHead,
        /// The tap.
        tap: Tap,
    },
    /// Submit a draft. Answered by [`Reply::Today`], whose newest visit it is.
    Submit {
        /// The draft.
        draft: DraftId,
        /// The revision that the observer saw.
        revision: u32,
        /// When.
        at: Moment,
    },
    /// Older visits. Answered by [`Reply::Visits`].
    Visits {
        /// Only those with a smaller number.
        before: Option<u64>,
    },
    /// A copy of a record with its bytes. Answered by [`Reply::Copy`].
    Copy {
        /// The event's number.
        number: u64,
    },
    /// Send a record again that was set aside. Answered by [`Reply::Done`].
    TryAgain {
        /// The event's number.
        number: u64,
    },
    /// Seal what a person says about a visit. Answered by [`Reply::Said`] after the commit.
    Say(Saying),
    /// Keep what a person says about a visit, so that it can still be taken back. Answered by [`Reply::Done`] after
    /// the commit.
    Hold(Saying),
    /// Take back what is held; what was being written is put back. Answered by [`Reply::Unsaid`].
    Unsay {
        /// The event that it would be.
        id: EventId,
    },
    /// Seal what is held. Answered by [`Reply::Done`].
    SayHeld {
        /// This one; none means whatever is held.
        only: Option<EventId>,
    },
    /// What was said here and the feed has not brought yet, or the server can never take. Answered by
    /// [`Reply::Sayings`].
    Sayings,
    /// Keep what is being written and is not sent. Answered by [`Reply::Done`] after the commit.
    Jot {
        /// What it is for.
        key: String,
        /// The text; nothing takes it away.
        text: String,
        /// When.
        at: Moment,
    },
    /// What is being written. Answered by [`Reply::Jotted`].
    Jotted {
        /// What it is for.
        key: String,
    },
    /// The documents of these names that are here, a visit that was submitted here among them before the
    /// feed brings it. Answered by [`Reply::Documents`].
    LookUp {
        /// Their names.
        names: Vec<Name>,
    },
    /// Take a numbered visit with its code, as it was typed. Answered by [`Reply::Done`].
    Claim {
        /// The code.
        code: String,
    },
    /// Documents of a kind, the largest ids first. Answered by [`Reply::Documents`].
    Documents {
        /// The kind, as the document's own `kind` says it.
        kind: String,
        /// Only those with a smaller id.
        before: Option<String>,
    },
    /// Sign in with the secret of a link or with a code, as it was typed. Answered by [`Reply::Opened`]:
    /// the store of whoever that is. A secret works once, but for the device that it signed in, so what is
    /// repeated must name the same one: see [`Request::sign_in`].
    SignIn {
        /// The secret.
        secret: String,
        /// The id of the device that signs in, unless the open store is nobody's and has records under its own.
        device: DeviceId,
    },
    /// Sign out. The store stays as it is; only the token goes. Answered by [`Reply::Opened`].
    SignOut,
    /// Who has a store on this device. Answered by [`Reply::People`].
    People,
    /// Go on as another person who has a store here. Answered by [`Reply::Opened`].
    Use {
        /// The person.
        person: PersonId,
    },
    /// A code that signs in another device of the same person. Answered by [`Reply::Code`].
    NewCode,
    /// The way into the pages of the office. Answered by [`Reply::Office`].
    Office,
    /// How much the store holds. Answered by [`Reply::Storage`].
    Storage,
    /// A copy of every record that is not on the server, with their bytes. Answered by [`Reply::Copy`].
    CopyUnsent,
    /// Keep the language that the person chose. Answered by [`Reply::Done`] after the commit.
    Speak {
        /// Its tag.
        language: String,
    },
    /// The network may be back. Answered by [`Reply::Done`].
    Nudge,
    /// Close the store, so that another tab can open it. Answered by [`Reply::Done`].
    Close,
}

impl Request {
    /// Signs in with a secret, on a device id that is drawn now: a copy of this request is the same sign-in.
    pub fn sign_in(secret: String) -> Self {
        let device = clock::newborn().device;
        Self::SignIn { secret, device }
    }
}

/// What the store answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// It is done and committed.
    Done,
    /// What the first screen needs.
    Opened(Opened),
    /// What the first screen shows.
    Today(Box<Today>),
    /// An open visit.
    Sheet(Box<Sheet>),
    /// A page of classes, at most [`crate::domain::collect::today::CLASSES_PAGE`].
    Classes(Vec<Classroom>),
    /// A page of visits, newest first.
    Visits(Vec<Visit>),
    /// How much the store holds.
    Storage {
        /// The size of its file, in bytes.
        bytes: u64,
        /// Records that are still to be sent.
        waiting: u32,
        /// Records that were set aside.
        set_aside: u32,
    },
    /// A record, or several, as a text to save.
    Copy(String),
    /// A page of documents, at most [`DOCUMENTS_PAGE`].
    Documents(Vec<Kept>),
    /// The number of the event that was said.
    Said(u64),
    /// Whether it was taken back in time.
    Unsaid(bool),
    /// What was said here, oldest first, each with where it is.
    Sayings(Vec<Said>),
    /// What is being written; none when there is nothing.
    Jotted(Option<String>),
    /// Who has a store on this device.
    People {
        /// The people.
        here: Vec<Here>,
        /// How many records of the one who sits here are not on the server yet.
        unsent: u32,
    },
    /// A code for another device.
    Code {
        /// The code.
        code: String,
        /// Until when it can be used, in milliseconds since 1970.
        expires_utc_ms: i64,
    },
    /// The way into the pages of the office.
    Office {
        /// The address within the server. It works once.
        path: String,
    },
}

/// What the first screen needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Who is signed in.
    pub me: Me,
    /// The visit that was on the screen last, if it is still open.
    pub sheet: Option<Box<Sheet>>,
    /// What the first screen shows.
    pub today: Box<Today>,
    /// Whether what is kept outlives the page.
    pub lasting: bool,
    /// The tag of the language that the person chose here.
    pub language: Option<String>,
}

/// Who sits at the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Me {
    /// Nobody has signed in yet.
    Nobody {
        /// Whether something was recorded here before sign-in was asked for: then recording goes on.
        usable: bool,
    },
    /// This person.
    SignedIn {
        /// The person.
        id: PersonId,
        /// What they are called.
        name: String,
    },
    /// This person, whose sign-in the server ended. Recording goes on; nothing travels.
    SignInAgain {
        /// The person.
        id: PersonId,
        /// What they are called.
        name: String,
    },
    /// Nobody: this person signed out, and what they recorded is kept for them.
    SignedOut {
        /// The person.
        id: PersonId,
        /// What they are called.
        name: String,
    },
}

impl Me {
    /// Whose store it is, if it is somebody's.
    pub fn id(&self) -> Option<PersonId> {
        match self {
            Me::SignedIn { id, .. } | Me::SignInAgain { id, .. } | Me::SignedOut { id, .. } => {
                Some(*id)
            }
            Me::Nobody { .. } => None,
        }
    }
}

/// A person who has a store on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Here {
    /// The person.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// Whether theirs is the store in use.
    pub current: bool,
}

/// What happened without being asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// A visit is somewhere else than it was.
    Visits,
    /// Documents came, changed, or went.
    Documents,
    /// Who is signed in changed: the server ended a sign-in, or knows it again.
    Me(Me),
    /// The server speaks another version of the protocol: Lookfor must be updated before anything travels.
    UpdateNeeded,
    /// The store is no longer held here.
    Lost(Problem),
}

/// What goes from the page to the worker.
#[derive(Debug, Serialize, Deserialize)]
pub struct Asked {
    /// The page's number for the request.
    pub id: u64,
    /// Whose store the page showed when it asked; none when nobody's, or when it does not matter.
    pub by: Option<PersonId>,
    /// The request.
    pub request: Request,
}

/// What goes from the worker to the page.
#[derive(Debug, Serialize, Deserialize)]
pub enum Told {
    /// The worker runs and takes requests.
    Up,
    /// The answer to a request.
    Answer {
        /// The page's number for the request.
        id: u64,
        /// The answer.
        answer: Box<Result<Reply, Problem>>,
    },
    /// Something changed.
    News(News),
}
