//! From a socket to a clean end: accepts connections, answers, and stops without losing an answer.

use super::config::Config;
use super::demo;
use super::error::StartError;
use super::import::desk::ImportDesk;
use super::limit::Peer;
use super::notice;
use super::notice::sender::Sender;
use super::router::{Shared, router};
use super::secret::{self, LINK_LIVES_MS, Secret};
use super::store::StoreFailure;
use super::store::demo::{Demo, Demos};
use super::store::projection::Projection;
use super::store::secrets::Secrets;
use super::store::sqlite::SqliteStore;
use super::upkeep;
use axum::Router;
use axum::body::Body;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// The most connections at a time; the next ones wait to be accepted.
const CONNECTIONS_MAX: usize = 512;
/// How long to wait when the system has no more sockets for us.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// A server that has its store and its socket, and does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    store: Arc<SqliteStore>,
    notice: Option<notice::Job>,
    config: Config,
    first_sign_in: Option<Secret>,
    demo: Option<Demo>,
    is_demo: bool,
}

impl Server {
    /// Takes the store and the socket. Clients can connect from here on, and wait.
    ///
    /// # Errors
    /// [`StartError`], a sentence for whoever started the server.
    pub async fn open(config: Config) -> Result<Self, StartError> {
        if let Some(web) = config.web.as_ref().filter(|web| !web.is_dir()) {
            return Err(StartError::Web(web.clone()));
        }
        let store = Arc::new(SqliteStore::open(&config.data)?);
        let first_sign_in = first_sign_in(&store).await.map_err(StartError::Store)?;
        let now_utc_ms = chrono::Utc::now().timestamp_millis();
        match config.rebuild {
            true => store.rebuild(now_utc_ms).await,
            false => store.begin(now_utc_ms).await,
        }
        .map_err(StartError::Feed)?;
        let forgotten = upkeep::forget(&*store, now_utc_ms).await;
        forgotten.map_err(StartError::Store)?;
        let demo = match demo::start::today(now_utc_ms).filter(|_| config.demo) {
            Some(today) => store.begin_demo(today).await.map_err(StartError::Store)?,
            None => None,
        };
        let is_demo = store.is_demo().await.map_err(StartError::Store)?;
        let notice = notice_job(&config, &store)?;
        let failed = |error| StartError::Listen(config.listen, error);
        let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self {
            listener,
            address,
            store,
            notice,
            config,
            first_sign_in,
            demo,
            is_demo,
        })
    }

    /// The link within the server that signs the first admin in; none when an admin is signed in.
    pub fn first_sign_in(&self) -> Option<String> {
        self.first_sign_in.as_ref().map(Secret::link)
    }

    /// The invented district that it was started with; none where it was not asked for, and where the folder has a
    /// district of its own.
    pub fn demo(&self) -> Option<Demo> {
        self.demo
    }

    /// What it keeps, for whoever sets a server up within this process.
    pub fn store(&self) -> Arc<SqliteStore> {
        self.store.clone()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop`, then answers what has already come, writes it, and closes the store.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let shared = Shared {
            read_timeout: self.config.read_timeout,
            behind_proxy: self.config.behind_proxy,
            imports: Arc::new(ImportDesk::new(self.config.data.clone())),
            public_url: self.config.public_url.clone(),
            mails: self.notice.is_some(),
            demo: self.is_demo,
            ..Shared::over(self.store.clone())
        };
        let projector = shared.projector.clone();
        let projecting = tokio::spawn(projector.clone().run(self.store.clone()));
        let router = router(shared, self.config.web.as_deref());
        let (stop_jobs, jobs_stop) = watch::channel(false);
        let upkeep = tokio::spawn(upkeep::run(self.store.clone(), jobs_stop.clone()));
        let notice = self.notice.map(|job| tokio::spawn(job.run(jobs_stop)));
        tracing::info!(address = %self.address, "The server is listening.");
        let (connections, mut tasks) =
            accept(self.listener, router, self.config.read_timeout, stop).await;

        tracing::info!("The server is stopping.");
        projector.end();
        let _ = stop_jobs.send(true);
        let drained = tokio::time::timeout(self.config.drain_timeout, connections.shutdown());
        if drained.await.is_err() {
            tracing::warn!("Some clients did not finish their requests in time and were cut.");
        }
        tasks.shutdown().await;
        if projecting.await.is_err() {
            tracing::error!("The projector did not end well.");
        }
        if upkeep.await.is_err() {
            tracing::error!("The upkeep did not end well.");
        }
        if let Some(mut notice) = notice {
            // A mail that is being sent is waited for: cut, it would be sent again.
            let ended = tokio::time::timeout(self.config.drain_timeout, &mut notice).await;
            if ended.is_err() {
                tracing::warn!("A mail was not sent to its end in time, and will be tried again.");
                notice.abort();
                let _ = notice.await;
            }
        }
        // Closing waits for the writer, which is no work for this thread.
        let store = self.store;
        let _ = tokio::task::spawn_blocking(move || drop(store)).await;
        tracing::info!("The server has stopped.");
    }
}

/// Makes the link of the first admin, a fresh one at each start until an admin is signed in.
async fn first_sign_in(store: &SqliteStore) -> Result<Option<Secret>, StoreFailure> {
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    let secret = Secret::mint();
    let expires_utc_ms = now_utc_ms + LINK_LIVES_MS;
    let person_if_none = secret::person_id(now_utc_ms);
    let given = store.give_first_admin(secret.sha256(), person_if_none, now_utc_ms, expires_utc_ms);
    Ok(given.await?.then_some(secret))
}

/// The job that mails, where the server was started with what it needs.
fn notice_job(
    config: &Config,
    store: &Arc<SqliteStore>,
) -> Result<Option<notice::Job>, StartError> {
    let (Some(mail), Some(public_url)) = (&config.mail, &config.public_url) else {
        return Ok(None);
    };
    Ok(Some(notice::Job {
        store: store.clone(),
        sender: Sender::open(mail, public_url)?,
        public_url: public_url.clone(),
        pause: mail.pause,
    }))
}

async fn accept(
    listener: TcpListener,
    router: Router,
    read_timeout: Duration,
    stop: impl Future<Output = ()>,
) -> (GracefulShutdown, JoinSet<()>) {
    let connections = GracefulShutdown::new();
    let mut tasks = JoinSet::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = next(&listener, &places) => accepted,
            () = &mut stop => return (connections, tasks),
        };
        match accepted {
            Ok((stream, place)) => {
                // The set is as long as there are connections, and no longer.
                while tasks.try_join_next().is_some() {}
                let answered = answer(stream, &router, read_timeout, &connections);
                tasks.spawn(async move {
                    answered.await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "A connection could not be accepted.");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let place = places
        .clone()
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    Ok((stream, place))
}

fn answer(
    stream: TcpStream,
    router: &Router,
    read_timeout: Duration,
    connections: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    // Answers are small and waited for. Without this they are only later.
    let _ = stream.set_nodelay(true);
    let peer = stream.peer_addr().map(|address| Peer(address.ip())).ok();
    let service = router
        .clone()
        .map_request(move |mut request: hyper::Request<_>| {
            if let Some(peer) = peer {
                request.extensions_mut().insert(peer);
            }
            request.map(Body::new)
        });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(read_timeout)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = connections.watch(connection);
    async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "A connection was cut.");
        }
    }
}
