//! Empties the outbox whenever there is something in it: at start, after a submit, when the network
//! may be back, and by itself with growing waits.

use super::News;
use super::clock;
use super::keeper::{Keeper, Settled};
use crate::domain::id::DeviceId;
use crate::sync::judge::judge;
use crate::sync::pace;
use crate::sync::wire::Wire;
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::{FutureExt, StreamExt, select};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

/// The keeper, shared by those who run on its thread; none while the store is closed.
pub type Shared = Rc<RefCell<Option<Keeper>>>;

/// Travels until `nudges` ends. A nudge says that there may be something to send, or that the network
/// may be back; it ends a wait.
pub async fn travel(
    keeper: Shared,
    wire: Wire,
    mut nudges: UnboundedReceiver<()>,
    tell: impl Fn(News),
) {
    let mut failures = 0;
    loop {
        match push_once(&keeper, &wire, &tell).await {
            Some(Settled::GoOn) => failures = 0,
            Some(Settled::Wait) => {
                failures += 1;
                let [random, ..] = clock::random();
                let wait = clock::sleep(pace::wait_ms(failures, random));
                let mut wait = pin!(wait.fuse());
                select! {
                    () = wait => {}
                    nudge = nudges.next() => if nudge.is_none() { return },
                }
            }
            None => {
                if nudges.next().await.is_none() {
                    return;
                }
                // The first try after a pause is a first try.
                failures = 0;
            }
        }
        // Nudges that came meanwhile ask for the same try.
        while let Ok(()) = nudges.try_recv() {}
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
    let heard = wire.push(&parcel.push).await;
    let verdict = judge(&parcel.sent, &heard);
    let fresh = DeviceId::mint(clock::now().at_utc_ms, clock::random());
    let settled = keeper
        .borrow_mut()
        .as_mut()?
        .settle(&parcel, verdict, fresh);
    tell(News::Visits);
    Some(settled.unwrap_or(Settled::Wait))
}
