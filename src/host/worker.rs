//! The host in a browser, the worker's side: holds the stores and the way to the server.

use super::door::Door;
use super::opfs::Pool;
use super::travel::{Shared, listen, tidy_daily, travel};
use super::{Asked, Told, clock};
use crate::domain::json;
use crate::sync::wire::Wire;
use futures_channel::mpsc::{self, UnboundedReceiver};
use futures_util::{FutureExt, StreamExt, select};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// What a page says to a worker to hear whether it is up.
pub(super) const HELLO: &str = "hello";

/// How often a worker that waits, for the network or the disk, says that it lives.
const ALIVE_MS: u64 = 1_000;
/// How often it says so about one thing: for as long as a disk may take, and for as long as what asks the server
/// twice may. Then it is silent, and so is replaced: what has not come by then does not come.
const FOR_THE_DISK: u32 = 30;
const FOR_THE_NETWORK: u32 = 90;

/// Runs the worker.
pub fn run() {
    let (ask, asked) = mpsc::unbounded();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(text) = event.data().as_string() else {
            return;
        };
        match json::read::<Asked>(&text) {
            // The receiver lives as long as the worker.
            Ok(asked) => drop(ask.unbounded_send(asked)),
            Err(_) if text == HELLO => tell(&Told::Up),
            Err(_) => {}
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    tell(&Told::Up);
    wasm_bindgen_futures::spawn_local(serve(asked));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn tell(told: &Told) {
    let text = serde_json::to_string(told).expect("our values have string keys");
    // Posting a string fails only when the worker is being ended.
    let _ = scope().post_message(&JsValue::from_str(&text));
}

async fn serve(mut asked: UnboundedReceiver<Asked>) {
    let keeper: Shared = Rc::new(RefCell::new(None));
    let (nudge, nudges) = mpsc::unbounded();
    let (seat, seated) = mpsc::unbounded();
    let wire = Wire::to(&scope().location().origin());
    let door = Door::new(
        Pool::default(),
        Rc::clone(&keeper),
        wire.clone(),
        nudge.clone(),
        seat,
    );
    let door = Rc::new(door);
    // Before anybody asks: the page starts meanwhile. If it fails, whoever asks hears why.
    let _ = saying_so(FOR_THE_DISK, door.open()).await;
    wasm_bindgen_futures::spawn_local(travel(Rc::clone(&keeper), wire.clone(), nudges, |news| {
        tell(&Told::News(news))
    }));
    wasm_bindgen_futures::spawn_local(listen(Rc::clone(&keeper), wire, seated, nudge));
    wasm_bindgen_futures::spawn_local(tidy_daily(keeper));
    while let Some(Asked { id, by, request }) = asked.next().await {
        if request.waits_for_the_network() {
            let door = Rc::clone(&door);
            wasm_bindgen_futures::spawn_local(async move {
                let answer = Box::new(saying_so(FOR_THE_NETWORK, door.answer(by, request)).await);
                tell(&Told::Answer { id, answer });
            });
        } else {
            let answer = Box::new(saying_so(FOR_THE_DISK, door.answer(by, request)).await);
            tell(&Told::Answer { id, answer });
        }
    }
}

/// Says now and then, so often at most, that the worker lives while something is waited for: one that is silent is
/// replaced.
async fn saying_so<T>(most: u32, answer: impl Future<Output = T>) -> T {
    let mut answer = pin!(answer.fuse());
    for _ in 0..most {
        let mut pause = pin!(clock::sleep(ALIVE_MS).fuse());
        select! {
            answer = answer => return answer,
            () = pause => tell(&Told::Up),
        }
    }
    answer.await
}
