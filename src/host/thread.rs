//! The host natively: the store on a thread of its own, over a file.

use super::keeper::Keeper;
use super::travel::{Shared, travel};
use super::{News, Reply, Request, clock};
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
use crate::local::{Medium, Store, problem};
use crate::sync::wire::Wire;
use futures_channel::{mpsc, oneshot};
use futures_util::StreamExt;
use std::cell::RefCell;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::rc::Rc;

type Question = (Request, oneshot::Sender<Result<Reply, Problem>>);

/// Where a native device keeps its store, and where its records go.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the store; it is made if it is not there.
    pub folder: PathBuf,
    /// The server, such as `https://lookfor.example.org`.
    pub server: String,
}

/// The way to the thread that holds the store. The thread ends when the last way to it is dropped.
#[derive(Clone, Debug)]
pub struct Host {
    questions: mpsc::UnboundedSender<Question>,
}

impl Host {
    /// Starts the thread; the store is opened by [`Request::Open`]. News go to the receiver.
    pub fn start(settings: Settings) -> (Self, mpsc::UnboundedReceiver<News>) {
        let (questions, asked) = mpsc::unbounded();
        let (tell, news) = mpsc::unbounded();
        std::thread::Builder::new()
            .name("store".into())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("a thread can have a timer and sockets");
                tokio::task::LocalSet::new().block_on(&runtime, serve(settings, asked, tell));
            })
            .expect("the system starts one more thread");
        (Self { questions }, news)
    }

    /// A window does not take over from another: the one that holds the store is closed by hand.
    pub fn take_over(&self) {}

    /// Asks at once, in the order of the calls; the answer comes later.
    pub fn ask(&self, request: Request) -> impl Future<Output = Result<Reply, Problem>> + use<> {
        let (answer, answered) = oneshot::channel();
        let sent = self.questions.unbounded_send((request, answer)).is_ok();
        async move {
            let gone = || Problem::StoreFailed {
                detail: "the store's thread has ended".into(),
            };
            if !sent {
                return Err(gone());
            }
            answered.await.unwrap_or_else(|_| Err(gone()))
        }
    }
}

async fn serve(
    settings: Settings,
    mut asked: mpsc::UnboundedReceiver<Question>,
    tell: mpsc::UnboundedSender<News>,
) {
    let keeper: Shared = Rc::new(RefCell::new(None));
    let (nudge, nudges) = mpsc::unbounded();
    let wire = Wire::to(&settings.server);
    tokio::task::spawn_local(travel(Rc::clone(&keeper), wire, nudges, move |news| {
        // Nobody listens any more when the window is closing.
        let _ = tell.unbounded_send(news);
    }));
    let mut lock = None;
    while let Some((request, answer)) = asked.next().await {
        let closes = request == Request::Close;
        let said = open_or_answer(&settings, &keeper, &mut lock, request, &nudge);
        if closes {
            lock = None;
        }
        // The asker may have gone; what was kept is kept.
        let _ = answer.send(said);
    }
    if let Some(keeper) = keeper.take() {
        let _ = keeper.close();
    }
}

fn open_or_answer(
    settings: &Settings,
    keeper: &Shared,
    lock: &mut Option<File>,
    request: Request,
    nudge: &mpsc::UnboundedSender<()>,
) -> Result<Reply, Problem> {
    if keeper.borrow().is_none() && request == Request::Open {
        let (held, store) = open(&settings.folder)?;
        *lock = Some(held);
        keeper.replace(Some(Keeper::of(store)));
    }
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
        // The traveller lives as long as this function's caller.
        let _ = nudge.unbounded_send(());
    }
    said.answer
}

/// Opens the store in `folder`, with a lock that a second window meets.
fn open(folder: &Path) -> Result<(File, Store), Problem> {
    let failed = |error: std::io::Error| Problem::StoreFailed {
        detail: error.kind().to_string(),
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let lock = File::create(folder.join("store.lock")).map_err(failed)?;
    lock.try_lock().map_err(|error| match error {
        std::fs::TryLockError::WouldBlock => Problem::OpenElsewhere,
        std::fs::TryLockError::Error(error) => failed(error),
    })?;
    let connection = rusqlite::Connection::open(folder.join("store.sqlite")).map_err(problem)?;
    let store = Store::open(
        connection,
        Medium::File,
        clock::newborn(),
        clock::now().at_utc_ms,
    )?;
    Ok((lock, store))
}
