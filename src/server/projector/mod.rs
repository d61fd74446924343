//! The projector: makes documents and counts from what was pushed, one step after the other.
//!
//! Reading order: [`made`] (what a visit is made into), [`figures`] and [`support`] (what many come to), all pure;
//! [`news`] (who is told that there is something to pull); here the loop, which has the store do each step
//! in a transaction of its own.
//!
//! Never here: SQL, a rule about who sees what (`domain::visibility` has them all), and a second projector.

pub mod figures;
pub mod made;
pub mod news;
pub mod support;

use super::chance::Chance;
use super::store::{ServerStore, StoreFailure};
use news::News;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep, timeout_at};

/// How often words whose time is over are looked for.
const RETENTION_EVERY: Duration = Duration::from_secs(60 * 60);
/// How long to wait when the store failed, and when a reader holds what was erased.
const PAUSE: Duration = Duration::from_secs(1);
/// How many times as long as it took the file is left alone after it was written anew: pushes wait meanwhile, and
/// a large file takes seconds.
const SETTLED_FOR: u32 = 20;
/// After how many steps figures are made even while more is coming in.
const STEPS_MAX: u32 = 20;

/// How the rest of the server reaches the projector.
#[derive(Clone)]
pub struct Projector {
    wake: Arc<Notify>,
    ending: Arc<watch::Sender<bool>>,
    /// Who listens for news.
    pub news: News,
}

impl Default for Projector {
    fn default() -> Self {
        let ending = Arc::new(watch::Sender::new(false));
        Self {
            wake: Arc::default(),
            news: News::new(ending.clone()),
            ending,
        }
    }
}

impl Projector {
    /// Says that something was stored which waits for the projector. Costs nothing.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Ends the projector after its step, and all streams of news.
    pub fn end(&self) {
        self.ending.send_replace(true);
    }

    /// Projects until it is told to end.
    pub async fn run(self, store: Arc<dyn ServerStore>) {
        let mut ending = self.ending.subscribe();
        let mut next = Next {
            retain_at: Instant::now(),
            agreed_at: Instant::now(),
            settle_at: Instant::now(),
        };
        loop {
            let mut pause_until = next.retain_at;
            match self.all_that_waits(&*store, &mut next).await {
                Ok(true) => pause_until = pause_until.max(next.retain_at).min(next.agreed_at),
                Ok(false) => pause_until = Instant::now() + PAUSE,
                Err(failure) => {
                    tracing::error!(%failure, "The store failed on projecting.");
                    // Whoever wakes it now finds the same store.
                    tokio::select! {
                        () = sleep(PAUSE) => {}
                        _ = ending.wait_for(|ending| *ending) => return,
                    }
                    continue;
                }
            }
            tokio::select! {
                _ = timeout_at(pause_until, self.wake.notified()) => {}
                _ = ending.wait_for(|ending| *ending) => return,
            }
        }
    }

    /// Does all that waits. Says whether everything that was erased is out of every file.
    async fn all_that_waits(
        &self,
        store: &dyn ServerStore,
        next: &mut Next,
    ) -> Result<bool, StoreFailure> {
        if next.retain_at <= Instant::now() {
            while store.retain(now_utc_ms(), Chance::draw()).await? > 0 && !self.is_ending() {}
            next.retain_at = Instant::now() + RETENTION_EVERY;
        }
        let mut more = true;
        while more && !self.is_ending() {
            for _ in 0..STEPS_MAX {
                let made = store.project(now_utc_ms()).await?;
                self.news.tell(made.audiences);
                more = made.more;
                if !more || self.is_ending() {
                    break;
                }
            }
            let counted = store.count(now_utc_ms()).await?;
            self.news.tell(counted.audiences);
            more |= counted.more;
        }
        // A version that was adopted for a day to come closes figures on that day, though nobody says anything then.
        let now_utc_ms = now_utc_ms();
        let agreed_in_ms = match store.next_agreement(now_utc_ms).await? {
            Some(from_utc_ms) => from_utc_ms.saturating_sub(now_utc_ms).unsigned_abs(),
            None => u64::MAX,
        };
        next.agreed_at = Instant::now() + Duration::from_millis(agreed_in_ms).min(RETENTION_EVERY);
        // Not before: what was erased is in documents until they are made again.
        if more {
            return Ok(true);
        }
        let began = Instant::now();
        if began < next.settle_at {
            return Ok(false);
        }
        let settled = store.settle().await?;
        next.settle_at = Instant::now() + began.elapsed() * SETTLED_FOR;
        Ok(settled)
    }

    fn is_ending(&self) -> bool {
        *self.ending.borrow()
    }
}

/// When what is not done at every turn comes next.
struct Next {
    retain_at: Instant,
    /// When another version of the agreement begins to hold, or it is looked again whether one does.
    agreed_at: Instant,
    settle_at: Instant,
}

fn now_utc_ms() -> i64 {
    chrono::Utc::now().timestamp_millis()
}
