//! An issuer that publishes a key set, misbehaves on demand, and counts what it is asked.
//!
//! In: HTTP requests, from behind the TLS front. Out: the key set, or whatever was scripted. A
//! request for any other host or path is kept as well: nobody should have made it.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::sync::watch;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::tls::Front;

/// A running issuer.
#[derive(Debug)]
pub struct Issuer {
    state: Arc<State>,
    /// In front of it: certificates and delivery.
    pub front: Front,
    server: Option<MockServer>,
}

/// The mock server checks its expectations when it is dropped, and blocks for it; inside a task
/// whose turn is over that would never end.
impl Drop for Issuer {
    fn drop(&mut self) {
        let server = self.server.take();
        std::thread::spawn(move || drop(server));
    }
}

/// One request that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The host that was meant.
    pub host: String,
    /// The path that was meant.
    pub path: String,
    /// The names of the headers, in lower case.
    pub headers: Vec<String>,
}

/// What the issuer answers.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// The type of the body.
    pub content_type: &'static str,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

#[derive(Debug)]
struct State {
    host: String,
    path: String,
    reply: Mutex<Reply>,
    asked: Mutex<Vec<Asked>>,
    count: watch::Sender<usize>,
}

impl Reply {
    /// A key set with these keys.
    pub fn keys(keys: impl IntoIterator<Item = Value>) -> Self {
        let keys: Vec<Value> = keys.into_iter().collect();
        Self::text(200, "application/json", json!({ "keys": keys }).to_string())
    }

    /// Any status and body.
    pub fn text(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into(), content_type, headers: Vec::new() }
    }

    /// With a further header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl Issuer {
    /// Starts an issuer whose key set is at this host and path.
    pub async fn start(host: &str, path: &str, reply: Reply) -> Self {
        let server = MockServer::start().await;
        let state = Arc::new(State {
            host: host.to_owned(),
            path: path.to_owned(),
            reply: Mutex::new(reply),
            asked: Mutex::default(),
            count: watch::channel(0).0,
        });
        let answers = Answers(Arc::clone(&state));
        Mock::given(any()).respond_with(answers).mount(&server).await;
        let front = Front::start(*server.address()).await;
        Self { state, front, server: Some(server) }
    }

    /// Answers something else from now on.
    pub fn reply(&self, reply: Reply) {
        *self.state.reply.lock().unwrap_or_else(PoisonError::into_inner) = reply;
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often the key set was asked for.
    pub fn fetches(&self) -> usize {
        let is_for_keys = |asked: &&Asked| self.state.is_key_set(&asked.host, &asked.path);
        self.asked().iter().filter(is_for_keys).count()
    }

    /// Requests that were not for the key set: nobody should have made them.
    pub fn strays(&self) -> Vec<Asked> {
        let is_stray = |asked: &Asked| !self.state.is_key_set(&asked.host, &asked.path);
        self.asked().into_iter().filter(is_stray).collect()
    }

    /// Waits until that many requests have arrived.
    pub async fn wait_for_requests(&self, count: usize) {
        let mut counted = self.state.count.subscribe();
        // The sender lives in `self`, so waiting cannot fail.
        let _ = counted.wait_for(|seen| *seen >= count).await;
    }
}

impl State {
    fn is_key_set(&self, host: &str, path: &str) -> bool {
        host == self.host && path == self.path
    }
}

struct Answers(Arc<State>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let host = request.headers.get("host").and_then(|host| host.to_str().ok());
        let host = host.unwrap_or_default().to_owned();
        let path = request.url.path().to_owned();
        let headers = request.headers.keys().map(|name| name.as_str().to_owned()).collect();
        let is_key_set = self.0.is_key_set(&host, &path);
        let mut asked = self.0.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push(Asked { host, path, headers });
        self.0.count.send_replace(asked.len());
        if !is_key_set {
            return ResponseTemplate::new(404);
        }
        let reply = self.0.reply.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let template = ResponseTemplate::new(reply.status);
        let template = template.set_body_raw(reply.body, reply.content_type);
        reply
            .headers
            .iter()
            .fold(template, |template, (name, value)| template.insert_header(*name, value.as_str()))
    }
}
