//! The door: who sits at the device, and whose store is open.
//!
//! One store each. The store that the device had before anybody signed in is taken over by the first person
//! who does; everybody after that has a store beside it. The first store remembers the others and which one
//! is in use, so that a device of one person opens one database. What has not been sent is never dropped.

mod sign_in;

use super::keeper::Keeper;
use super::travel::{Nudge, Shared};
use super::{Here, Opened, Reply, Request, clock};
use crate::domain::claim::ClaimCode;
use crate::domain::id::{DeviceId, PersonId};
use crate::domain::problem::Problem;
use crate::local::person::Person;
use crate::local::{Identity, Store};
use crate::sync::delivered;
use crate::sync::office::OpenOffice;
use crate::sync::protocol::ClaimVisit;
use crate::sync::wire::Wire;
use futures_channel::mpsc::UnboundedSender;
use std::cell::{Cell, RefCell};

/// Which store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The one that the device had first.
    First,
    /// That of a person beside it.
    Person(PersonId),
}

/// Where stores lie on this kind of device.
pub trait Places {
    /// Makes ready to open stores, and takes them from every other window.
    ///
    /// # Errors
    /// [`Problem::OpenElsewhere`], [`Problem::StoreFailed`].
    fn ready(&self) -> impl Future<Output = Result<(), Problem>>;

    /// Makes room for so many stores.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    fn make_room(&self, stores: usize) -> impl Future<Output = Result<(), Problem>>;

    /// Opens a store; one that is not there yet is born as `fresh`.
    ///
    /// # Errors
    /// Those of [`Store::open`].
    fn open(&self, whose: Whose, fresh: Identity) -> Result<Store, Problem>;

    /// Lets go of all stores, so that another window can open them.
    fn release(&self);
}

/// The door.
pub struct Door<P> {
    places: P,
    keeper: Shared,
    wire: Wire,
    whose: Cell<Whose>,
    /// The person that the open store names.
    who: Cell<Option<PersonId>>,
    /// Why no store is open, when none is.
    closed: RefCell<Problem>,
    /// The secret that was shown last and did not sign in here, and the device that it was shown for: shown
    /// again, it must be for the same one.
    asked: RefCell<Option<(String, DeviceId)>>,
    nudge: UnboundedSender<Nudge>,
    seated: UnboundedSender<()>,
}

impl Request {
    /// Whether the answer may take as long as the network does, so that others must not wait for it.
    pub(super) fn waits_for_the_network(&self) -> bool {
        matches!(
            self,
            Request::SignIn { .. }
                | Request::SignOut
                | Request::NewCode
                | Request::Claim { .. }
                | Request::Office
        )
    }
}

impl<P: Places> Door<P> {
    /// A door that is closed. `seated` hears whenever another store, or another token, is in use.
    pub fn new(
        places: P,
        keeper: Shared,
        wire: Wire,
        nudge: UnboundedSender<Nudge>,
        seated: UnboundedSender<()>,
    ) -> Self {
        Self {
            places,
            keeper,
            wire,
            whose: Cell::new(Whose::First),
            who: Cell::new(None),
            closed: RefCell::new(Problem::TakenOver),
            asked: RefCell::new(None),
            nudge,
            seated,
        }
    }

    /// Opens the store that is in use, if none is open.
    ///
    /// # Errors
    /// Those of [`Places::ready`] and [`Store::open`].
    pub async fn open(&self) -> Result<(), Problem> {
        if self.keeper.borrow().is_some() {
            return Ok(());
        }
        let opened = match self.places.ready().await {
            Ok(()) => self.open_the_one_in_use(),
            Err(problem) => Err(problem),
        };
        if let Err(problem) = &opened {
            self.closed.replace(problem.clone());
        }
        opened
    }

    /// Answers a request, whatever it is, `by` a person or nobody in particular.
    ///
    /// # Errors
    /// Those of the request; those of [`Self::open`] when no store opened, [`Problem::TakenOver`] when it was closed
    /// for another window; [`Problem::SomebodyElse`] when another person's store is open than that of whoever asks.
    pub async fn answer(&self, by: Option<PersonId>, request: Request) -> Result<Reply, Problem> {
        match request {
            // These choose a store; all others are about the one that is open.
            Request::Open | Request::Close | Request::SignIn { .. } | Request::Use { .. } => {}
            _ => self.admit(by, request.waits_for_the_network()).await?,
        }
        match request {
            Request::Open => {
                self.open().await?;
                self.ask_keeper(Request::Open)
            }
            Request::Close => self.close(),
            Request::SignIn { secret, device } => {
                self.sign_in(&secret, device).await.map(Reply::Opened)
            }
            Request::SignOut => self.sign_out().await.map(Reply::Opened),
            Request::NewCode => self.new_code().await,
            Request::Claim { code } => self.claim(&code).await,
            Request::Office => self.office_door().await,
            Request::People => self.people(),
            Request::Use { person } => self.use_as(person).await.map(Reply::Opened),
            other => self.ask_keeper(other),
        }
    }

    /// Closes the store and lets go of it.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn close(&self) -> Result<Reply, Problem> {
        let closed = self.keeper.take().map_or(Ok(()), Keeper::close);
        self.closed.replace(Problem::TakenOver);
        self.who.set(None);
        self.places.release();
        closed.map(|()| Reply::Done)
    }

    /// Lets a request in that is about the open store.
    async fn admit(&self, by: Option<PersonId>, beside_others: bool) -> Result<(), Problem> {
        // What did not open, since another window held it or the disk failed, may open by now. A store that was
        // given away stays closed until its window asks; what is answered beside others must not open one twice.
        let given_away = *self.closed.borrow() == Problem::TakenOver;
        if !given_away && !beside_others {
            self.open().await?;
        }
        match (by, self.who.get()) {
            (Some(by), Some(who)) if by != who => Err(Problem::SomebodyElse),
            _ => Ok(()),
        }
    }

    fn ask_keeper(&self, request: Request) -> Result<Reply, Problem> {
        let now = clock::now();
        let said = self.with(|keeper| Ok(keeper.answer(request, now, &mut clock::random)))?;
        if said.nudge {
            self.go();
        }
        said.answer
    }

    fn with<T>(&self, act: impl FnOnce(&mut Keeper) -> Result<T, Problem>) -> Result<T, Problem> {
        match self.keeper.borrow_mut().as_mut() {
            Some(keeper) => act(keeper),
            None => Err(self.closed.borrow().clone()),
        }
    }

    fn go(&self) {
        // Who travels lives as long as the door.
        let _ = self.nudge.unbounded_send(Nudge::Go);
    }

    fn sit(&self, whose: Whose, store: Store) -> Result<Opened, Problem> {
        let keeper = Keeper::of(store);
        let opened = keeper.opened(clock::now());
        self.whose.set(whose);
        let who = keeper.store.person().ok().flatten();
        self.who.set(who.map(|one| one.id));
        self.keeper.replace(Some(keeper));
        let _ = self.seated.unbounded_send(());
        self.go();
        opened
    }

    fn open_the_one_in_use(&self) -> Result<(), Problem> {
        let first = self.places.open(Whose::First, clock::newborn())?;
        let current = first.neighbours()?.into_iter().find(|one| one.current);
        let Some(current) = current else {
            return self.sit(Whose::First, first).map(drop);
        };
        first.close()?;
        let whose = Whose::Person(current.person);
        let store = self.places.open(whose, fresh_of(current.person))?;
        self.sit(whose, store).map(drop)
    }

    /// Whether the open store is of somebody with these entries, or becomes theirs.
    fn is_open_for(&self, entries: &[PersonId]) -> Result<bool, Problem> {
        self.with(|keeper| {
            Ok(match (keeper.store.person()?, self.whose.get()) {
                (Some(one), _) => entries.contains(&one.id),
                (None, Whose::First) => true,
                (None, Whose::Person(one)) => entries.contains(&one),
            })
        })
    }

    async fn use_as(&self, person: PersonId) -> Result<Opened, Problem> {
        if !self.is_open_for(&[person])? {
            let stores = self.here()?.len() + 1;
            self.places.make_room(stores).await?;
            self.swap(|door| door.put_into_use(person, None))?;
        }
        self.with(|keeper| keeper.opened(clock::now()))
    }

    /// Closes the open store and opens the one that `choose` put into use; if that one does not open, the one
    /// that was open is put into use again.
    fn swap(&self, choose: impl FnOnce(&Self) -> Result<(), Problem>) -> Result<(), Problem> {
        if let Some(keeper) = self.keeper.take() {
            if !keeper.lasts() {
                // A store in memory would be lost: it stays.
                self.keeper.replace(Some(keeper));
                return Err(Problem::NotAllowed);
            }
            keeper.close()?;
        }
        let chosen = choose(self);
        let opened = self.open_the_one_in_use();
        if let Err(problem) = &opened {
            let back = self.put_back(self.whose.get());
            if back.and_then(|()| self.open_the_one_in_use()).is_err() {
                self.closed.replace(problem.clone());
            }
        }
        chosen.and(opened)
    }

    fn put_back(&self, whose: Whose) -> Result<(), Problem> {
        match whose {
            Whose::Person(person) => self.put_into_use(person, None),
            Whose::First => {
                let mut first = self.places.open(Whose::First, clock::newborn())?;
                let back = first.put_into_use(None);
                back.and(first.close())
            }
        }
    }

    /// Puts a person's store into use. A `name` makes them known here; without one they must be.
    fn put_into_use(&self, person: PersonId, name: Option<&str>) -> Result<(), Problem> {
        let mut first = self.places.open(Whose::First, clock::newborn())?;
        let chosen = (|| {
            if first.person()?.is_some_and(|one| one.id == person) {
                return first.put_into_use(None);
            }
            let neighbours = first.neighbours()?;
            let known = neighbours.iter().find(|one| one.person == person);
            let name = name.or(known.map(|one| one.name.as_str()));
            let name = name.ok_or(Problem::NotAllowed)?;
            first.put_into_use(Some((person, name)))
        })();
        chosen.and(first.close())
    }

    async fn new_code(&self) -> Result<Reply, Problem> {
        let token = self.with(|keeper| Ok(keeper.token()))?;
        let token = token.ok_or(Problem::NotSignedIn)?;
        let code = delivered::code(&self.wire.new_code(&token.0).await)?;
        Ok(Reply::Code {
            code: code.code,
            expires_utc_ms: code.expires_utc_ms,
        })
    }

    /// Takes a numbered visit; the feed then brings it.
    async fn claim(&self, code: &str) -> Result<Reply, Problem> {
        let code = ClaimCode::typed(code).ok_or(Problem::SecretUnknown)?;
        let token = self.with(|keeper| Ok(keeper.token()))?;
        let token = token.ok_or(Problem::NotSignedIn)?;
        let heard = self.wire.claim(&ClaimVisit { code }, &token.0).await;
        delivered::claimed(&heard)?;
        self.go();
        Ok(Reply::Done)
    }

    async fn office_door(&self) -> Result<Reply, Problem> {
        let token = self.with(|keeper| Ok(keeper.token()))?;
        let token = token.ok_or(Problem::NotSignedIn)?;
        let asked = OpenOffice {
            offset_min: clock::now().offset_min,
        };
        let door = delivered::office_door(&self.wire.office_door(&asked, &token.0).await)?;
        Ok(Reply::Office { path: door.path })
    }

    /// Who has a store here. The first store knows; it is opened beside the other one if need be.
    fn people(&self) -> Result<Reply, Problem> {
        let unsent = self.with(|keeper| keeper.store.unsent())?;
        let here = self.here()?;
        Ok(Reply::People { here, unsent })
    }

    fn here(&self) -> Result<Vec<Here>, Problem> {
        if self.whose.get() == Whose::First {
            return self.with(|keeper| here(&keeper.store));
        }
        let first = self.places.open(Whose::First, clock::newborn())?;
        let found = here(&first);
        first.close()?;
        found
    }
}

fn here(first: &Store) -> Result<Vec<Here>, Problem> {
    let neighbours = first.neighbours()?;
    let in_use = neighbours.iter().any(|one| one.current);
    let own = first.person()?.map(|Person { id, name, .. }| Here {
        person: id,
        name,
        current: !in_use,
    });
    let others = neighbours.into_iter().map(|one| Here {
        person: one.person,
        name: one.name,
        current: one.current,
    });
    Ok(own.into_iter().chain(others).collect())
}

fn fresh_of(person: PersonId) -> Identity {
    Identity {
        author: person,
        ..clock::newborn()
    }
}
