//! The host natively: the store on a thread of its own, over files.

use super::door::{Door, Places, Whose};
use super::travel::{Shared, listen, tidy_daily, travel};
use super::{News, Reply, Request, clock};
use crate::domain::id::PersonId;
use crate::domain::problem::Problem;
use crate::local::{Identity, Medium, Store, problem};
use crate::sync::wire::Wire;
use futures_channel::{mpsc, oneshot};
use futures_util::StreamExt;
use std::cell::RefCell;
use std::fs::File;
use std::path::PathBuf;
use std::rc::Rc;

type Question = (
    Option<PersonId>,
    Request,
    oneshot::Sender<Result<Reply, Problem>>,
);

/// Where a native device keeps its stores, and where its records go.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the stores; it is made if it is not there.
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
        self.ask_as(None, request)
    }

    /// Asks what is for the store of this person alone.
    pub fn ask_as(
        &self,
        by: Option<PersonId>,
        request: Request,
    ) -> impl Future<Output = Result<Reply, Problem>> + use<> {
        let (answer, answered) = oneshot::channel();
        let question = (by, request, answer);
        let sent = self.questions.unbounded_send(question).is_ok();
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
    let (seat, seated) = mpsc::unbounded();
    let wire = Wire::to(&settings.server);
    let to_travel = travel(Rc::clone(&keeper), wire.clone(), nudges, move |news| {
        // Nobody listens any more when the window is closing.
        let _ = tell.unbounded_send(news);
    });
    tokio::task::spawn_local(to_travel);
    let to_listen = listen(Rc::clone(&keeper), wire.clone(), seated, nudge.clone());
    tokio::task::spawn_local(to_listen);
    tokio::task::spawn_local(tidy_daily(Rc::clone(&keeper)));
    let folder = Folder {
        folder: settings.folder,
        lock: RefCell::new(None),
    };
    let door = Rc::new(Door::new(folder, keeper, wire, nudge, seat));
    while let Some((by, request, answer)) = asked.next().await {
        if request.waits_for_the_network() {
            let door = Rc::clone(&door);
            tokio::task::spawn_local(async move {
                let _ = answer.send(door.answer(by, request).await);
            });
        } else {
            // The asker may have gone; what was kept is kept.
            let _ = answer.send(door.answer(by, request).await);
        }
    }
    // What the closing says helps nobody any more.
    let _ = door.close();
}

/// The stores below one folder: the first one in it, every other one in a folder named after its person.
struct Folder {
    folder: PathBuf,
    /// What a second window meets.
    lock: RefCell<Option<File>>,
}

impl Places for Folder {
    async fn ready(&self) -> Result<(), Problem> {
        if self.lock.borrow().is_some() {
            return Ok(());
        }
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        let lock = File::create(self.folder.join("store.lock")).map_err(failed)?;
        lock.try_lock().map_err(|error| match error {
            std::fs::TryLockError::WouldBlock => Problem::OpenElsewhere,
            std::fs::TryLockError::Error(error) => failed(error),
        })?;
        self.lock.replace(Some(lock));
        Ok(())
    }

    async fn make_room(&self, _: usize) -> Result<(), Problem> {
        Ok(())
    }

    fn open(&self, whose: Whose, fresh: Identity) -> Result<Store, Problem> {
        let folder = match whose {
            Whose::First => self.folder.clone(),
            Whose::Person(person) => self.folder.join(person.to_string()),
        };
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let path = folder.join("store.sqlite");
        let connection = rusqlite::Connection::open(path).map_err(problem)?;
        Store::open(connection, Medium::File, fresh, clock::now().at_utc_ms)
    }

    fn release(&self) {
        self.lock.take();
    }
}

fn failed(error: std::io::Error) -> Problem {
    Problem::StoreFailed {
        detail: error.kind().to_string(),
    }
}
