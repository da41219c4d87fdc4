//! A plain HTTP server for a script: a connection in, the script's replies out, whole, cut off, or
//! held back. It stands behind the TLS front.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Request, Response};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::Asked;
use super::reply::{Arrival, Reply};
use super::script::State;

type Body = BoxBody<Bytes, io::Error>;

/// Serves until it is dropped, and its connections with it.
pub(super) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let state = Arc::clone(&state);
        connections.spawn(async move {
            let service = service_fn(|request| respond(Arc::clone(&state), request));
            // A client that gives up ends its connection, and that is all.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn respond(
    state: Arc<State>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    // Before the request counts: whoever waits for it may change the script at once.
    let mut changes = state.changes.subscribe();
    let asked = state.note(Asked::new(parts, body));
    changes.mark_unchanged();
    loop {
        match state.reply(&asked) {
            Some(reply) if reply.arrival == Arrival::Held => {
                // The sender lives in `state`, so waiting cannot fail.
                let _ = changes.changed().await;
            }
            Some(reply) => return Ok(written(reply)),
            None => return Ok(written(Reply::text(404, "text/plain", ""))),
        }
    }
}

/// A reply as it goes over the wire.
fn written(reply: Reply) -> Response<Body> {
    let mut response = Response::builder().status(reply.status);
    response = response.header(CONTENT_TYPE, reply.content_type);
    if reply.arrival == Arrival::Cut {
        response = response.header(CONTENT_LENGTH, reply.body.len());
    }
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(body(reply.body, reply.arrival)).expect("a reply has a status and plain headers")
}

fn body(bytes: Vec<u8>, arrival: Arrival) -> Body {
    if arrival != Arrival::Cut {
        return Full::from(bytes).map_err(|never| match never {}).boxed();
    }
    let half = Bytes::copy_from_slice(&bytes[..bytes.len() / 2]);
    let frames = [Ok(Frame::data(half)), Err(io::ErrorKind::ConnectionReset.into())];
    StreamBody::new(stream::iter(frames)).boxed()
}
