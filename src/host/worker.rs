//! The host in a browser, the worker's side: holds the store and the way to the server.

use super::keeper::Keeper;
use super::travel::{Shared, travel};
use super::{Asked, Reply, Request, Told, clock, opfs};
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
use crate::sync::wire::Wire;
use futures_channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use futures_util::StreamExt;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// What a page says to a worker to hear whether it is up.
pub(super) const HELLO: &str = "hello";

/// Runs the worker.
pub fn run() {
    let (ask, asked) = mpsc::unbounded();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(text) = event.data().as_string() else {
            return;
        };
        match serde_json::from_str::<Asked>(&text) {
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
    // Before anybody asks: the page starts meanwhile.
    let mut opened = open(&keeper).await;
    let wire = Wire::to(&scope().location().origin());
    wasm_bindgen_futures::spawn_local(travel(Rc::clone(&keeper), wire, nudges, |news| {
        tell(&Told::News(news));
    }));
    while let Some(Asked { id, request }) = asked.next().await {
        if request == Request::Open && opened.is_err() {
            opened = open(&keeper).await;
        }
        let answer = match &opened {
            Ok(()) => answer(&keeper, request, &nudge),
            Err(problem) => Err(problem.clone()),
        };
        if keeper.borrow().is_none() && opened.is_ok() {
            opened = Err(Problem::TakenOver);
        }
        tell(&Told::Answer { id, answer });
    }
}

async fn open(keeper: &Shared) -> Result<(), Problem> {
    let store = opfs::open().await?;
    keeper.replace(Some(Keeper::of(store)));
    Ok(())
}

fn answer(
    keeper: &Shared,
    request: Request,
    nudge: &UnboundedSender<()>,
) -> Result<Reply, Problem> {
    if request == Request::Close {
        return keeper
            .take()
            .map_or(Ok(()), Keeper::close)
            .map(|()| Reply::Done);
    }
    let id = EventId::mint(clock::now().at_utc_ms, clock::random());
    let mut keeper = keeper.borrow_mut();
    let said = keeper
        .as_mut()
        .ok_or(Problem::TakenOver)?
        .answer(request, id);
    if said.nudge {
        // The traveller lives as long as the worker.
        let _ = nudge.unbounded_send(());
    }
    said.answer
}
