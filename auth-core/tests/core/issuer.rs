//! A scripted issuer: an [`HttpClient`] that answers what a test tells it, when the test lets it,
//! and counts what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use auth_core::http::{HttpClient, HttpError, HttpRequest, HttpResponse};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::sync::watch;

/// Answers every request alike, until it is told otherwise.
#[derive(Debug)]
pub(crate) struct Issuer {
    reply: Mutex<Reply>,
    /// What is answered at some addresses instead.
    elsewhere: Mutex<HashMap<String, Reply>>,
    requests: watch::Sender<Vec<HttpRequest>>,
    is_open: watch::Sender<bool>,
}

/// What an issuer answers.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Answer(HttpResponse),
    Fails(HttpError),
    /// The client itself has a bug.
    Panics,
}

impl Reply {
    /// This status, and this body.
    pub(crate) fn new(status: u16, body: impl Into<Bytes>) -> Self {
        let status = StatusCode::from_u16(status).unwrap();
        Self::Answer(HttpResponse { status, headers: HeaderMap::new(), body: body.into() })
    }

    /// A key set of these keys.
    pub(crate) fn keys(jwks: impl IntoIterator<Item = Value>) -> Self {
        let jwks: Vec<_> = jwks.into_iter().collect();
        Self::new(200, json!({"keys": jwks}).to_string())
    }

    /// The same answer with a `Cache-Control` header.
    pub(crate) fn cached(self, directives: &str) -> Self {
        self.with("cache-control", directives)
    }

    /// The same answer with one more header.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer(answer) = &mut self {
            answer.headers.insert(name, value.parse().unwrap());
        }
        self
    }
}

impl Issuer {
    /// An issuer that answers at once.
    pub(crate) fn new(reply: Reply) -> Arc<Self> {
        Arc::new(Self {
            reply: Mutex::new(reply),
            elsewhere: Mutex::default(),
            requests: watch::Sender::new(Vec::new()),
            is_open: watch::Sender::new(true),
        })
    }

    /// Changes the answer, also of requests that are under way.
    pub(crate) fn say(&self, reply: Reply) {
        *self.reply.lock().unwrap() = reply;
    }

    /// Changes the answer at one address.
    pub(crate) fn say_at(&self, url: &str, reply: Reply) {
        self.elsewhere.lock().unwrap().insert(url.to_owned(), reply);
    }

    /// Lets requests come in, and answers none.
    pub(crate) fn close(&self) {
        self.is_open.send_replace(false);
    }

    /// Answers again.
    pub(crate) fn open(&self) {
        self.is_open.send_replace(true);
    }

    /// How many requests came in.
    pub(crate) fn count(&self) -> usize {
        self.requests.borrow().len()
    }

    /// How many requests came in for this address.
    pub(crate) fn count_at(&self, url: &str) -> usize {
        self.requests.borrow().iter().filter(|request| request.url.as_str() == url).count()
    }

    /// Waits until so many requests came in; the last of them.
    pub(crate) async fn asked(&self, count: usize) -> HttpRequest {
        let mut requests = self.requests.subscribe();
        let requests = requests.wait_for(|requests| requests.len() >= count).await.unwrap();
        requests[count - 1].clone()
    }

    async fn answer(&self, url: String) -> Result<HttpResponse, HttpError> {
        self.is_open.subscribe().wait_for(|is_open| *is_open).await.unwrap();
        let elsewhere = self.elsewhere.lock().unwrap().get(&url).cloned();
        let reply = elsewhere.unwrap_or_else(|| self.reply.lock().unwrap().clone());
        match reply {
            Reply::Answer(answer) => Ok(answer),
            Reply::Fails(error) => Err(error),
            Reply::Panics => std::panic::panic_any("a bug in an HTTP client"),
        }
    }
}

impl HttpClient for Issuer {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        let url = request.url.to_string();
        self.requests.send_modify(|requests| requests.push(request));
        Box::pin(self.answer(url))
    }
}
