//! One request on its way through the layer, in memory that the next one uses again.
//!
//! A future of the gate's has no name in today's Rust and has to be boxed; the box is kept when it
//! is done, so that a server that has warmed up allocates none. Next: `service`.

use std::any::Any;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll, ready};

use tokio_util::sync::ReusableBoxFuture;

/// The most boxes that are kept for later.
const MOST: usize = 256;

/// What [`AuthService`](super::AuthService) makes of a call.
pub struct AuthFuture<T> {
    /// Some until it is done.
    job: Option<ReusableBoxFuture<'static, T>>,
    boxes: Arc<Boxes<T>>,
}

/// Boxes whose work is done. Whoever finds the shelf in use does without it instead of waiting.
struct Boxes<T>(Mutex<Vec<ReusableBoxFuture<'static, T>>>);

/// The boxes of one service, whose answers get a type with its first call.
#[derive(Clone, Default)]
pub(super) struct Shelf(Arc<OnceLock<Arc<dyn Any + Send + Sync>>>);

impl Shelf {
    /// The boxes for answers of this type; new ones for a service that has answers of two types.
    fn boxes<T: Send + 'static>(&self) -> Arc<Boxes<T>> {
        let boxes = self.0.get_or_init(|| Arc::new(Boxes::<T>::default()));
        Arc::clone(boxes).downcast().unwrap_or_default()
    }
}

impl<T: Send + 'static> AuthFuture<T> {
    pub(super) fn new(shelf: &Shelf, work: impl Future<Output = T> + Send + 'static) -> Self {
        let boxes = shelf.boxes::<T>();
        let used = boxes.0.try_lock().ok().and_then(|mut shelf| shelf.pop());
        let job = match used {
            Some(mut job) => {
                job.set(work);
                job
            }
            None => ReusableBoxFuture::new(work),
        };
        Self { job: Some(job), boxes }
    }
}

impl<T> Future for AuthFuture<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let job = self.job.as_mut().expect("a future is not polled after it is done");
        let outcome = ready!(job.poll(context));
        let job = self.job.take();
        if let (Some(job), Ok(mut shelf)) = (job, self.boxes.0.try_lock())
            && shelf.len() < MOST
        {
            shelf.push(job);
        }
        Poll::Ready(outcome)
    }
}

impl<T> Default for Boxes<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> fmt::Debug for AuthFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthFuture").field("is_done", &self.job.is_none()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shelf")
    }
}
