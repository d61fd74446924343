//! News: who is told that there is something to pull. What it is, is never said here.

use crate::domain::id::DeviceId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{broadcast, watch};

/// The most streams of one device: one that is used, and one that the network has not given up yet.
const STREAMS_MAX: usize = 2;
/// The most streams of all devices together: half of the server's connections, so that pushes and pulls always
/// find one. Whoever gets none polls.
const STREAMS_OF_ALL_MAX: usize = 256;
/// How many changes a slow listener may be behind before it is only told that it missed some.
const BEHIND_MAX: usize = 64;

/// Tells listeners which audiences have something new.
#[derive(Clone)]
pub struct News {
    sender: broadcast::Sender<Arc<BTreeSet<String>>>,
    ending: Arc<watch::Sender<bool>>,
    streams: Arc<Mutex<BTreeMap<DeviceId, usize>>>,
}

impl News {
    /// News until `ending` says that it ends.
    pub fn new(ending: Arc<watch::Sender<bool>>) -> Self {
        Self {
            sender: broadcast::Sender::new(BEHIND_MAX),
            ending,
            streams: Arc::default(),
        }
    }

    /// Tells whoever listens.
    pub fn tell(&self, audiences: BTreeSet<String>) {
        if !audiences.is_empty() {
            // Nobody listening is no failure: news are pulled at the next open.
            let _ = self.sender.send(Arc::new(audiences));
        }
    }

    /// Listens for a device; none when that device has enough streams already, or all of them together.
    pub fn listen(&self, device: DeviceId) -> Option<Listener> {
        let mut streams = self.streams();
        if streams.values().sum::<usize>() >= STREAMS_OF_ALL_MAX {
            return None;
        }
        let open = streams.entry(device).or_default();
        if *open >= STREAMS_MAX {
            return None;
        }
        *open += 1;
        Some(Listener {
            receiver: self.sender.subscribe(),
            ending: self.ending.subscribe(),
            news: self.clone(),
            device,
        })
    }

    fn streams(&self) -> MutexGuard<'_, BTreeMap<DeviceId, usize>> {
        // Each entry is whole at every moment.
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One stream of one device.
pub struct Listener {
    receiver: broadcast::Receiver<Arc<BTreeSet<String>>>,
    ending: watch::Receiver<bool>,
    news: News,
    device: DeviceId,
}

impl Listener {
    /// Waits for something new for one of these audiences; `false` when news end.
    pub async fn hear(&mut self, audiences: &BTreeSet<String>) -> bool {
        loop {
            let heard = tokio::select! {
                heard = self.receiver.recv() => heard,
                _ = self.ending.wait_for(|ending| *ending) => return false,
            };
            match heard {
                Ok(new) if new.is_disjoint(audiences) => {}
                // Who missed some may have missed theirs.
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return true,
                Err(broadcast::error::RecvError::Closed) => return false,
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut streams = self.news.streams();
        if let Some(open) = streams.get_mut(&self.device) {
            *open -= 1;
            if *open == 0 {
                streams.remove(&self.device);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news() -> (News, Arc<watch::Sender<bool>>) {
        let ending = Arc::new(watch::Sender::new(false));
        (News::new(ending.clone()), ending)
    }

    fn keys(keys: &[&str]) -> BTreeSet<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    #[tokio::test]
    async fn only_what_is_for_the_listener_is_heard_and_the_end() {
        let (news, ending) = news();
        let device = DeviceId::mint(1, [1; 10]);
        let mut listener = news.listen(device).expect("it is the first");
        news.tell(keys(&["district"]));
        news.tell(keys(&["everyone", "site:1"]));
        assert!(listener.hear(&keys(&["everyone"])).await);
        news.tell(keys(&["district"]));
        ending.send_replace(true);
        assert!(!listener.hear(&keys(&["everyone"])).await);
    }

    #[test]
    fn a_device_has_two_streams_at_most() {
        let (news, _ending) = news();
        let device = DeviceId::mint(1, [1; 10]);
        let first = news.listen(device);
        let second = news.listen(device);
        assert!(first.is_some() && second.is_some());
        assert!(news.listen(device).is_none());
        assert!(news.listen(DeviceId::mint(1, [2; 10])).is_some());
        drop(first);
        assert!(news.listen(device).is_some());
    }

    #[test]
    fn all_devices_together_have_half_of_the_connections() {
        let (news, _ending) = news();
        let device = |number: usize| {
            let [.., high, low] = number.to_be_bytes();
            DeviceId::mint(1, [0, 0, 0, 0, 0, 0, 0, 0, high, low])
        };
        let mut open: Vec<_> = (0..STREAMS_OF_ALL_MAX)
            .map(|number| news.listen(device(number)).expect("there is room"))
            .collect();
        let next = device(STREAMS_OF_ALL_MAX);
        assert!(news.listen(next).is_none());
        open.pop();
        assert!(news.listen(next).is_some());
    }
}
