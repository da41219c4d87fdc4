//! The door between the TLS front and the mock server: a connection in, the server's answers out,
//! whole, cut off, or held back. A mock server answers at once and whole; a vendor in trouble does
//! not. Next: `answers`.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream;
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use http::{Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::client::conn::http1::handshake;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::Asked;
use super::answers::ARRIVAL;
use super::script::State;

type Body = BoxBody<Bytes, io::Error>;

/// Serves until it is dropped, and its connections with it.
pub(super) async fn serve(listener: TcpListener, answers: SocketAddr, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let state = Arc::clone(&state);
        connections.spawn(async move {
            let service = service_fn(|request| respond(Arc::clone(&state), answers, request));
            // A client that gives up ends its connection, and that is all.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn respond(
    state: Arc<State>,
    answers: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    // Before the request counts: whoever waits for it may change the script at once.
    let mut changes = state.changes.subscribe();
    state.note(Asked::new(&parts, body.clone()));
    changes.mark_unchanged();
    loop {
        let Some((mut head, body)) = ask(answers, &parts, &body).await else {
            return Ok(broken());
        };
        let arrival = head.headers.remove(ARRIVAL);
        match arrival.as_ref().map(http::HeaderValue::as_bytes) {
            // The sender lives in `state`, so waiting cannot fail.
            Some(b"held") => drop(changes.changed().await),
            Some(_) => return Ok(Response::from_parts(head, cut(&body))),
            None => return Ok(Response::from_parts(head, whole(body))),
        }
    }
}

/// What the mock server says to this request.
async fn ask(
    answers: SocketAddr,
    parts: &Parts,
    body: &Bytes,
) -> Option<(http::response::Parts, Bytes)> {
    let stream = TcpStream::connect(answers).await.ok()?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
    let connection = tokio::spawn(connection);
    let request = Request::from_parts(parts.clone(), Full::new(body.clone()));
    let (mut head, body) = sender.send_request(request).await.ok()?.into_parts();
    let body = body.collect().await.ok()?.to_bytes();
    connection.abort();
    // Whoever cuts the body off must have said how long it is.
    head.headers.insert(CONTENT_LENGTH, body.len().into());
    Some((head, body))
}

fn whole(bytes: Bytes) -> Body {
    Full::from(bytes).map_err(|never| match never {}).boxed()
}

fn cut(bytes: &Bytes) -> Body {
    let half = bytes.slice(..bytes.len() / 2);
    let frames = [Ok(Frame::data(half)), Err(io::ErrorKind::ConnectionReset.into())];
    StreamBody::new(stream::iter(frames)).boxed()
}

/// The mock server is gone: the case that asks is over.
fn broken() -> Response<Body> {
    let mut response = Response::new(whole(Bytes::new()));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response
}
