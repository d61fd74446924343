//! The one place where the device's clock and its randomness are read.

use crate::domain::id::{DeviceId, PersonId};
use crate::domain::moment::Moment;
use crate::local::Identity;
use std::time::Duration;

/// Now, by the device's clock and wall.
pub fn now() -> Moment {
    let now = chrono::Local::now();
    let offset_min = now.offset().local_minus_utc() / 60;
    Moment {
        at_utc_ms: now.timestamp_millis(),
        offset_min: offset_min as i16,
    }
}

/// Milliseconds on a clock that only goes forward, from some moment on. It may stand still while the device
/// sleeps.
pub fn steady_ms() -> u64 {
    #[cfg(target_arch = "wasm32")]
    {
        let performance = web_sys::window().and_then(|window| window.performance());
        performance.map_or(0, |performance| performance.now() as u64)
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        use std::sync::OnceLock;
        use std::time::Instant;
        static BEGAN: OnceLock<Instant> = OnceLock::new();
        let ms = BEGAN.get_or_init(Instant::now).elapsed().as_millis();
        u64::try_from(ms).unwrap_or(u64::MAX)
    }
}

/// Ten random bytes, from the operating system or the browser.
pub fn random() -> [u8; 10] {
    // Version and variant of a random UUID stand in bytes 6 and 8; the others are random throughout.
    let [a, b, c, d, e, f, _, _, _, g, h, i, j, ..] = *uuid::Uuid::new_v4().as_bytes();
    [a, b, c, d, e, f, g, h, i, j]
}

/// The identity that a new store would take.
pub(super) fn newborn() -> Identity {
    let now = now().at_utc_ms;
    Identity {
        device: DeviceId::mint(now, random()),
        author: PersonId::mint(now, random()),
    }
}

/// Waits.
pub async fn sleep(ms: u64) {
    let wait = Duration::from_millis(ms);
    #[cfg(target_arch = "wasm32")]
    gloo_timers::future::sleep(wait).await;
    #[cfg(not(target_arch = "wasm32"))]
    tokio::time::sleep(wait).await;
}
