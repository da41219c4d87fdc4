//! The body of an answer: the gate's own short text, or the inner service's, untouched.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

pin_project! {
    /// The body of an answer that came through [`AuthLayer`](super::AuthLayer).
    #[project = Projected]
    pub struct GuardedBody<B> {
        #[pin]
        kind: Kind<B>,
    }
}

pin_project! {
    #[project = ProjectedKind]
    enum Kind<B> {
        /// The gate's, until it was sent.
        Gate { text: Option<Bytes> },
        /// The inner service's.
        Inner { #[pin] body: B },
    }
}

impl<B> GuardedBody<B> {
    pub(super) const fn gate(text: Bytes) -> Self {
        Self { kind: Kind::Gate { text: Some(text) } }
    }

    pub(super) const fn inner(body: B) -> Self {
        Self { kind: Kind::Inner { body } }
    }
}

impl<B: Body<Data = Bytes>> Body for GuardedBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        match self.project().kind.project() {
            ProjectedKind::Gate { text } => {
                let text = text.take().filter(|text| !text.is_empty());
                Poll::Ready(text.map(|text| Ok(Frame::data(text))))
            }
            ProjectedKind::Inner { body } => body.poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Gate { text } => text.as_ref().is_none_or(Bytes::is_empty),
            Kind::Inner { body } => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Gate { text } => {
                SizeHint::with_exact(text.as_ref().map_or(0, |text| text.len() as u64))
            }
            Kind::Inner { body } => body.size_hint(),
        }
    }
}

/// Whose it is, not what is in it.
impl<B> fmt::Debug for GuardedBody<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.kind {
            Kind::Gate { .. } => "GuardedBody(the gate's)",
            Kind::Inner { .. } => "GuardedBody(the service's)",
        })
    }
}
