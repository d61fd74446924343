//! The host in a browser, the page's side: the way to the worker, and another worker when it dies.
//!
//! A worker can be ended by the browser without a word. A request that stays without an answer
//! while the worker says nothing at all is asked again of a new worker; requests may be repeated.

use super::worker::HELLO;
use super::{Asked, News, Reply, Request, Told, clock};
use crate::domain::id::PersonId;
use crate::domain::json;
use crate::domain::problem::Problem;
use futures_channel::{mpsc, oneshot};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, ErrorEvent, Event, MessageEvent, WorkerOptions, WorkerType};

/// How long a worker that has answered before may be silent while it is asked something.
const SILENT_MS: f64 = 4_000.0;
/// How long a worker may be silent before its first answer: a slow tablet compiles before it speaks,
/// and opens the store before it answers. Ended on the way, the next one would begin at the start.
const STARTING_MS: f64 = 15_000.0;
/// How often the silence is measured.
const LOOK_MS: u64 = 500;
/// How many workers may die in a row before the page says so.
const DEATHS: u32 = 3;
/// The channel by which the tabs of this origin speak, and what the one that takes over says.
const CHANNEL: &str = "lookfor";
const RELEASE: &str = "release";
/// How long after coming back into view a page waits before it uses the network: sooner, some
/// browsers fail the request.
const BACK_IN_VIEW_MS: u64 = 1_500;

#[wasm_bindgen]
extern "C" {
    /// The address of the glue, which page and worker both load.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static GLUE: String;

    /// The worker that the bundle's first line started, before there was any of us.
    #[wasm_bindgen(thread_local_v2, js_name = lookforWorker)]
    static EARLY: Option<web_sys::Worker>;
}

/// The way to the worker that holds the store.
#[derive(Clone)]
pub struct Host(Rc<RefCell<Inner>>);

struct Inner {
    worker: Option<Running>,
    channel: Option<BroadcastChannel>,
    pending: BTreeMap<u64, Pending>,
    next_id: u64,
    /// When the worker last said anything, or was last asked something after an idle time.
    heard_at: f64,
    deaths: u32,
    watched: bool,
    /// Whether this page asked the browser to keep the store for good.
    asked_to_persist: bool,
    tell: mpsc::UnboundedSender<News>,
}

struct Running {
    worker: web_sys::Worker,
    up: bool,
    answered: bool,
    /// Kept because a closure that is dropped can no longer be called.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

struct Pending {
    by: Option<PersonId>,
    request: Request,
    answer: oneshot::Sender<Result<Reply, Problem>>,
    sent: bool,
}

impl Host {
    /// Takes the worker that is already starting, or starts one. News go to the receiver.
    pub fn start() -> (Self, mpsc::UnboundedReceiver<News>) {
        let (tell, news) = mpsc::unbounded();
        let host = Self(Rc::new(RefCell::new(Inner {
            worker: None,
            channel: BroadcastChannel::new(CHANNEL).ok(),
            pending: BTreeMap::new(),
            next_id: 1,
            heard_at: now_ms(),
            deaths: 0,
            watched: false,
            asked_to_persist: false,
            tell,
        })));
        let early = EARLY.with(Clone::clone);
        host.hold(early.or_else(fresh_worker));
        host.listen_to_tabs();
        host.listen_to_network();
        (host, news)
    }

    /// Asks at once, in the order of the calls; the answer comes later, from whichever worker lives.
    pub fn ask(&self, request: Request) -> impl Future<Output = Result<Reply, Problem>> + use<> {
        self.ask_as(None, request)
    }

    /// Asks what is for the store of this person alone.
    pub fn ask_as(
        &self,
        by: Option<PersonId>,
        request: Request,
    ) -> impl Future<Output = Result<Reply, Problem>> + use<> {
        let (answer, answered) = oneshot::channel();
        let keeps = matches!(request, Request::Keep { .. });
        {
            let mut inner = self.0.borrow_mut();
            if inner.pending.is_empty() {
                inner.heard_at = now_ms();
            }
            let id = inner.next_id;
            inner.next_id += 1;
            inner.pending.insert(
                id,
                Pending {
                    by,
                    request,
                    answer,
                    sent: false,
                },
            );
        }
        if self.0.borrow().worker.is_none() {
            self.hold(fresh_worker());
        }
        self.0.borrow_mut().send();
        self.watch();
        let host = self.clone();
        async move {
            let gone = || Problem::StoreFailed {
                detail: "the store does not answer".into(),
            };
            let reply = answered.await.unwrap_or_else(|_| Err(gone()));
            if keeps && reply.is_ok() {
                host.persist();
            }
            reply
        }
    }

    /// Asks the tab that holds the store to let go of it. Ask [`Request::Open`] after this.
    pub fn take_over(&self) {
        if let Some(channel) = &self.0.borrow().channel {
            // Without another tab nobody hears it.
            let _ = channel.post_message(&JsValue::from_str(RELEASE));
        }
    }

    fn hold(&self, worker: Option<web_sys::Worker>) {
        let Some(worker) = worker else { return };
        let host = self.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            host.hear(&event);
        });
        let host = self.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            host.replace("its worker ended");
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // One that is up already said so before anybody listened.
        let _ = worker.post_message(&JsValue::from_str(HELLO));
        let mut inner = self.0.borrow_mut();
        inner.heard_at = now_ms();
        inner.worker = Some(Running {
            worker,
            up: false,
            answered: false,
            _on_message: on_message,
            _on_error: on_error,
        });
    }

    fn hear(&self, event: &MessageEvent) {
        let Some(text) = event.data().as_string() else {
            return;
        };
        let Ok(told) = json::read::<Told>(&text) else {
            return;
        };
        let mut inner = self.0.borrow_mut();
        inner.heard_at = now_ms();
        match told {
            Told::Up => {
                if let Some(running) = &mut inner.worker {
                    running.up = true;
                }
                inner.send();
            }
            Told::Answer { id, answer } => {
                inner.deaths = 0;
                if let Some(running) = &mut inner.worker {
                    running.answered = true;
                }
                if let Some(pending) = inner.pending.remove(&id) {
                    // The asker may have gone.
                    let _ = pending.answer.send(*answer);
                }
            }
            Told::News(news) => drop(inner.tell.unbounded_send(news)),
        }
    }

    /// Ends a worker that does not answer and asks a new one the same.
    fn replace(&self, why: &'static str) {
        let gave_up = {
            let mut inner = self.0.borrow_mut();
            inner.end_worker();
            inner.deaths += 1;
            inner.deaths > DEATHS
        };
        if gave_up {
            let mut inner = self.0.borrow_mut();
            inner.deaths = 0;
            // The next question starts a worker again.
            for (_, pending) in std::mem::take(&mut inner.pending) {
                let detail = format!("the store does not answer: {why}");
                // The asker may have gone.
                let _ = pending.answer.send(Err(Problem::StoreFailed { detail }));
            }
        } else {
            self.hold(fresh_worker());
        }
    }

    /// Looks after the worker while it is asked something.
    fn watch(&self) {
        if std::mem::replace(&mut self.0.borrow_mut().watched, true) {
            return;
        }
        let host = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            loop {
                clock::sleep(LOOK_MS).await;
                let (idle, silent_ms, limit_ms) = {
                    let inner = host.0.borrow();
                    let at_work = inner
                        .worker
                        .as_ref()
                        .is_some_and(|running| running.answered);
                    let limit_ms = if at_work { SILENT_MS } else { STARTING_MS };
                    (
                        inner.pending.is_empty(),
                        now_ms() - inner.heard_at,
                        limit_ms,
                    )
                };
                if idle {
                    host.0.borrow_mut().watched = false;
                    return;
                }
                if silent_ms > limit_ms {
                    host.replace("its worker is silent");
                }
            }
        });
    }

    /// Lets go of the store when another tab asks for it.
    fn listen_to_tabs(&self) {
        let host = self.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if event.data().as_string().as_deref() != Some(RELEASE) {
                return;
            }
            if host.0.borrow().worker.is_none() {
                return;
            }
            let closed = host.ask(Request::Close);
            let host = host.clone();
            wasm_bindgen_futures::spawn_local(async move {
                // Everything asked before is committed by now; if closing failed, ending the worker
                // lets go of the store as well.
                let _ = closed.await;
                let mut inner = host.0.borrow_mut();
                inner.end_worker();
                let _ = inner.tell.unbounded_send(News::Lost(Problem::TakenOver));
            });
        });
        if let Some(channel) = &self.0.borrow().channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        on_message.forget();
    }

    /// Nudges when the network may be back.
    fn listen_to_network(&self) {
        let Some(window) = web_sys::window() else {
            return;
        };
        let host = self.clone();
        let online = Closure::<dyn FnMut(Event)>::new(move |_| host.nudge(0));
        let _ = window.add_event_listener_with_callback("online", online.as_ref().unchecked_ref());
        online.forget();
        let host = self.clone();
        let shown = Closure::<dyn FnMut(Event)>::new(move |_| host.nudge(BACK_IN_VIEW_MS));
        let _ = window.add_event_listener_with_callback("pageshow", shown.as_ref().unchecked_ref());
        if let Some(document) = window.document() {
            let _ = document.add_event_listener_with_callback(
                "visibilitychange",
                shown.as_ref().unchecked_ref(),
            );
        }
        shown.forget();
    }

    fn nudge(&self, after_ms: u64) {
        let host = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            clock::sleep(after_ms).await;
            if host.0.borrow().worker.is_some() {
                // A nudge that is not heard is made up for by the next one, or by time.
                let _ = host.ask(Request::Nudge).await;
            }
        });
    }

    /// Asks the browser, once, not to clear the store when room is short.
    fn persist(&self) {
        if std::mem::replace(&mut self.0.borrow_mut().asked_to_persist, true) {
            return;
        }
        let Some(window) = web_sys::window() else {
            return;
        };
        let storage = window.navigator().storage();
        // Absent where the page is not secure; refused is no error: the visit travels anyway.
        if !storage.is_undefined() {
            let _ = storage.persist();
        }
    }
}

impl Inner {
    fn send(&mut self) {
        let Some(running) = &self.worker else { return };
        if !running.up {
            return;
        }
        for (id, pending) in self.pending.iter_mut().filter(|(_, pending)| !pending.sent) {
            let asked = Asked {
                id: *id,
                by: pending.by,
                request: pending.request.clone(),
            };
            let text = serde_json::to_string(&asked).expect("our values have string keys");
            pending.sent = running
                .worker
                .post_message(&JsValue::from_str(&text))
                .is_ok();
        }
    }

    fn end_worker(&mut self) {
        if let Some(running) = self.worker.take() {
            running.worker.set_onmessage(None);
            running.worker.set_onerror(None);
            running.worker.terminate();
        }
        self.pending
            .values_mut()
            .for_each(|pending| pending.sent = false);
    }
}

fn fresh_worker() -> Option<web_sys::Worker> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name("store");
    GLUE.with(|glue| web_sys::Worker::new_with_options(glue, &options))
        .ok()
}

/// Milliseconds on a clock that only goes forward.
fn now_ms() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or(0.0, |performance| performance.now())
}
