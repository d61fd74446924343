//! The parts of a form with a file, within bounds of time and of memory.
//!
//! The reader of parts holds back whatever has come until a part begins, and takes all that is ready at once.
//! So the body hands over one piece at a time here, and what comes before a part begins is counted.

use crate::report::office::door::Instead;
use crate::sync::office::imports::IMPORT_MAX_BYTES;
use axum::body::{Body, BodyDataStream, Bytes};
use futures_util::Stream;
use multer::{Field, Multipart};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::timeout;

/// The most bytes that may come before a part begins, but for the rest of the piece that it begins in.
const HEAD_MAX_BYTES: u64 = 64 * 1024;
/// The most bytes of a whole body: the largest file, what is read beyond it so that its sender hears why, and
/// every other field.
const WHOLE_MAX_BYTES: u64 = IMPORT_MAX_BYTES + 32 * 1024 * 1024;

/// The parts of a body, in their order.
pub struct Parts {
    parts: Multipart<'static>,
    meter: Arc<Meter>,
    patience: Duration,
}

/// How much of a body came.
#[derive(Debug, Default)]
struct Meter {
    came: AtomicU64,
    /// Whether the next piece may be handed over.
    open: AtomicBool,
}

/// A body that hands over a piece when the meter is open, and closes it.
struct Metered {
    body: BodyDataStream,
    meter: Arc<Meter>,
}

impl Stream for Metered {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.meter.open.load(Ordering::Relaxed) {
            // The reader has to look at what it has before it gets more.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = ready!(Pin::new(&mut self.body).poll_next(context));
        if let Some(Ok(bytes)) = &piece {
            let came = bytes.len() as u64;
            self.meter.came.fetch_add(came, Ordering::Relaxed);
            self.meter.open.store(false, Ordering::Relaxed);
        }
        Poll::Ready(piece)
    }
}

impl Parts {
    /// The parts between this mark. Each piece may take as long as `patience`.
    pub fn of(body: Body, boundary: String, patience: Duration) -> Self {
        let meter = Arc::new(Meter::default());
        let body = Metered {
            body: body.into_data_stream(),
            meter: meter.clone(),
        };
        Self {
            parts: Multipart::new(body, boundary),
            meter,
            patience,
        }
    }

    /// The next part; none after the last. What does not begin one within 64 KiB is refused at once, and so is
    /// a body without an end.
    ///
    /// # Errors
    /// [`Instead::TooLarge`]; [`Instead::Waiting`] for a body that is cut, slow, or no form of ours.
    pub async fn next(&mut self) -> Result<Option<Field<'static>>, Instead> {
        let Self { parts, meter, .. } = self;
        let before = meter.came.load(Ordering::Relaxed);
        let part = poll_fn(|context| {
            meter.open.store(true, Ordering::Relaxed);
            if let Poll::Ready(part) = parts.poll_next_field(context) {
                return Poll::Ready(part.map_err(|_| Instead::Waiting));
            }
            match meter.came.load(Ordering::Relaxed) - before > HEAD_MAX_BYTES {
                true => Poll::Ready(Err(Instead::TooLarge)),
                false => Poll::Pending,
            }
        });
        timeout(self.patience, part)
            .await
            .map_err(|_| Instead::Waiting)?
    }

    /// The next piece of a part; none after the last.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub async fn piece(&self, part: &mut Field<'static>) -> Result<Option<Bytes>, Instead> {
        if self.meter.came.load(Ordering::Relaxed) > WHOLE_MAX_BYTES {
            return Err(Instead::TooLarge);
        }
        let piece = poll_fn(|context| {
            self.meter.open.store(true, Ordering::Relaxed);
            Pin::new(&mut *part).poll_next(context)
        });
        timeout(self.patience, piece)
            .await
            .map_err(|_| Instead::Waiting)?
            .transpose()
            .map_err(|_| Instead::Waiting)
    }
}
