//! Empties the outbox and fills the inbox whenever there may be something in it: at start, after a submit,
//! when the server says so, when the network may be back, and by itself with growing waits.

use super::News;
use super::clock;
use super::keeper::Keeper;
use super::parcel::{Arrived, Settled};
use crate::domain::id::DeviceId;
use crate::sync::delivered::delivered;
use crate::sync::judge::judge;
use crate::sync::news::Stream;
use crate::sync::pace;
use crate::sync::wire::Wire;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures_util::{FutureExt, StreamExt, select};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

/// How long a stream may be without news before it is opened anew: one that broke without a word would
/// never bring any.
const STREAM_MS: u64 = 5 * 60 * 1000;
/// How long after the start the first tidying waits, and each one after that.
const TIDY_FIRST_MS: u64 = 5_000;
const TIDY_EVERY_MS: u64 = 24 * 60 * 60 * 1000;

/// The keeper, shared by those who run on its thread; none while the store is closed.
pub type Shared = Rc<RefCell<Option<Keeper>>>;

/// Says that there may be something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// There may be something to send, or the network may be back. Ends a wait.
    Go,
    /// There may be something to pull.
    Pull,
}

/// Travels until `nudges` ends.
pub async fn travel(
    keeper: Shared,
    wire: Wire,
    mut nudges: UnboundedReceiver<Nudge>,
    tell: impl Fn(News),
) {
    let mut failures = 0;
    let mut pull_due = true;
    let mut told_outdated = false;
    loop {
        let settled = match push_once(&keeper, &wire, &tell).await {
            Some(settled) => {
                // What was pushed comes back as documents.
                pull_due |= settled == Settled::GoOn;
                Some(settled)
            }
            None if pull_due => match pull_once(&keeper, &wire).await {
                Some(arrived) => {
                    pull_due = !matches!(arrived, Arrived::All(_));
                    if matches!(arrived, Arrived::All(true) | Arrived::More(true)) {
                        tell(News::Documents);
                    }
                    Some(match arrived {
                        Arrived::All(_) | Arrived::More(_) => Settled::GoOn,
                        Arrived::Not(settled) => settled,
                    })
                }
                None => None,
            },
            None => None,
        };
        match settled {
            Some(Settled::GoOn) => {
                failures = 0;
                let taken = keeper.borrow_mut().as_mut().map(Keeper::token_was_taken);
                if taken == Some(true) {
                    tell_me(&keeper, &tell);
                }
            }
            Some(Settled::Wait | Settled::OtherVersion) => {
                let outdated = settled == Some(Settled::OtherVersion);
                if outdated && !std::mem::replace(&mut told_outdated, true) {
                    tell(News::UpdateNeeded);
                }
                failures += 1;
                if !wait(failures, &mut nudges, &mut pull_due).await {
                    return;
                }
            }
            Some(Settled::SignInAgain) => tell_me(&keeper, &tell),
            None => {
                let Some(nudge) = nudges.next().await else {
                    return;
                };
                let _ = nudge;
                pull_due = true;
                // The first try after a pause is a first try.
                failures = 0;
            }
        }
        // Nudges that came meanwhile ask for the same try.
        while let Ok(_nudge) = nudges.try_recv() {
            pull_due = true;
        }
    }
}

/// Waits after so many failures, or until a nudge says that it may go better now. False when nobody can
/// nudge any more.
async fn wait(failures: u32, nudges: &mut UnboundedReceiver<Nudge>, pull_due: &mut bool) -> bool {
    let [random, ..] = clock::random();
    let over = clock::sleep(pace::wait_ms(failures, random));
    let mut over = pin!(over.fuse());
    loop {
        select! {
            () = over => return true,
            nudge = nudges.next() => match nudge {
                None => return false,
                Some(Nudge::Go) => { *pull_due = true; return true }
                Some(Nudge::Pull) => *pull_due = true,
            },
        }
    }
}

fn tell_me(keeper: &Shared, tell: &impl Fn(News)) {
    let me = keeper.borrow().as_ref().map(Keeper::me);
    if let Some(Ok(me)) = me {
        tell(News::Me(me));
    }
}

/// One push, if there is something to send. The store is not held while the network is waited for.
async fn push_once(keeper: &Shared, wire: &Wire, tell: &impl Fn(News)) -> Option<Settled> {
    let packed = keeper.borrow_mut().as_mut()?.pack();
    let parcel = match packed {
        Ok(parcel) => parcel?,
        Err(_) => return Some(Settled::Wait),
    };
    tell(News::Visits);
    let heard = wire.push(&parcel.push, &parcel.token.0).await;
    let verdict = judge(&parcel.sent, &heard);
    let fresh = DeviceId::mint(clock::now().at_utc_ms, clock::random());
    let settled = keeper
        .borrow_mut()
        .as_mut()?
        .settle(&parcel, verdict, fresh);
    tell(News::Visits);
    Some(settled.unwrap_or(Settled::Wait))
}

/// One pull, if anybody is signed in.
async fn pull_once(keeper: &Shared, wire: &Wire) -> Option<Arrived> {
    let ordered = keeper.borrow().as_ref()?.order();
    let order = match ordered {
        Ok(order) => order?,
        Err(_) => return Some(Arrived::Not(Settled::Wait)),
    };
    let heard = wire.pull(&order.pull, &order.token.0).await;
    let delivered = delivered(&order.pull, &heard);
    let arrived = keeper.borrow_mut().as_mut()?.arrive(&order, delivered);
    Some(arrived.unwrap_or(Arrived::Not(Settled::Wait)))
}

/// Listens to the server's quiet stream, and nudges a pull whenever it says something. Where there is no
/// stream, a pull is nudged about once a minute. `seated` says that somebody else sits at the device.
pub async fn listen(
    keeper: Shared,
    wire: Wire,
    mut seated: UnboundedReceiver<()>,
    nudge: UnboundedSender<Nudge>,
) {
    let mut broken = 0;
    loop {
        while let Ok(()) = seated.try_recv() {}
        let token = keeper.borrow().as_ref().and_then(Keeper::token);
        let Some(token) = token else {
            if seated.next().await.is_none() {
                return;
            }
            continue;
        };
        let mut was_open = false;
        if let Some(mut stream) = Stream::open(&wire, &token.0).await {
            was_open = true;
            loop {
                // What came while nobody listened was not heard. The traveller lives as long as this.
                let _ = nudge.unbounded_send(Nudge::Pull);
                let mut next = pin!(stream.next().fuse());
                let mut over = pin!(clock::sleep(STREAM_MS).fuse());
                select! {
                    news = next => if news.is_none() { broken += 1; break },
                    () = over => break,
                    again = seated.next() => match again {
                        Some(()) => break,
                        None => return,
                    },
                }
                broken = 0;
            }
        }
        let [random, ..] = clock::random();
        let ms = match was_open {
            true => pace::wait_ms(broken, random),
            false => pace::poll_ms(random),
        };
        let mut over = pin!(clock::sleep(ms).fuse());
        select! {
            () = over => {}
            again = seated.next() => if again.is_none() { return },
        }
        let _ = nudge.unbounded_send(Nudge::Pull);
    }
}

/// Tidies the store soon after the start, and once a day.
pub async fn tidy_daily(keeper: Shared) {
    clock::sleep(TIDY_FIRST_MS).await;
    loop {
        if let Some(keeper) = keeper.borrow_mut().as_mut() {
            // What is not tidied today is tomorrow.
            let _ = keeper.tidy(clock::now().at_utc_ms);
        }
        clock::sleep(TIDY_EVERY_MS).await;
    }
}
