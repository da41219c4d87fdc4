//! An issuer that publishes a key set, misbehaves on demand, and counts what it is asked.
//!
//! In: HTTP requests, from behind the TLS front. Out: the key set, the issuer's description of
//! itself if it has one, or whatever was scripted. A request for any other host or path is kept as
//! well: nobody should have made it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    /// What is there.
    pub purpose: Purpose,
}

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The key set.
    Keys,
    /// The issuer's description of itself.
    Description,
    /// Something else.
    Stray,
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
    script: Mutex<Script>,
    asked: Mutex<Vec<Asked>>,
    count: watch::Sender<usize>,
}

/// What is at which host and path.
#[derive(Debug)]
struct Script {
    keys: (Place, Reply),
    description: Option<(Place, Reply)>,
}

/// A host and a path.
type Place = (String, String);

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
        let keys = ((host.to_owned(), path.to_owned()), reply);
        let state = Arc::new(State {
            script: Mutex::new(Script { keys, description: None }),
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
        self.state.script().keys.1 = reply;
    }

    /// Has its key set at another path from now on.
    pub fn move_keys(&self, path: &str) {
        path.clone_into(&mut self.state.script().keys.0.1);
    }

    /// Describes itself like this, at this host and path.
    pub fn describe(&self, place: (String, String), reply: Reply) {
        self.state.script().description = Some((place, reply));
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often the key set was asked for.
    pub fn fetches(&self) -> usize {
        self.count(Purpose::Keys)
    }

    /// How often the description was asked for.
    pub fn readings(&self) -> usize {
        self.count(Purpose::Description)
    }

    fn count(&self, purpose: Purpose) -> usize {
        self.asked().iter().filter(|asked| asked.purpose == purpose).count()
    }

    /// Requests that were for neither: nobody should have made them.
    pub fn strays(&self) -> Vec<Asked> {
        let is_stray = |asked: &Asked| asked.purpose == Purpose::Stray;
        self.asked().into_iter().filter(is_stray).collect()
    }

    /// Waits until that many requests have arrived, for the key set or for the description that
    /// leads to it.
    pub async fn wait_for_requests(&self, count: usize) {
        let mut counted = self.state.count.subscribe();
        // The sender lives in `self`, so waiting cannot fail.
        let _ = counted.wait_for(|seen| *seen >= count).await;
    }
}

impl State {
    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Script {
    /// What is at a place, and what a request for it is for.
    fn at(&self, place: &Place) -> (Purpose, Option<Reply>) {
        let described = self.description.as_ref().filter(|(known, _)| known == place);
        match described {
            Some((_, reply)) => (Purpose::Description, Some(reply.clone())),
            None if self.keys.0 == *place => (Purpose::Keys, Some(self.keys.1.clone())),
            None => (Purpose::Stray, None),
        }
    }
}

struct Answers(Arc<State>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let host = request.headers.get("host").and_then(|host| host.to_str().ok());
        let host = host.unwrap_or_default().to_owned();
        let path = request.url.path().to_owned();
        let headers = request.headers.keys().map(|name| name.as_str().to_owned()).collect();
        let place = (host, path);
        let (purpose, reply) = self.0.script().at(&place);
        let (host, path) = place;
        let mut asked = self.0.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push(Asked { host, path, headers, purpose });
        let count = |purpose| asked.iter().filter(|asked| asked.purpose == purpose).count();
        self.0.count.send_replace(count(Purpose::Keys).max(count(Purpose::Description)));
        let Some(reply) = reply else { return ResponseTemplate::new(404) };
        let template = ResponseTemplate::new(reply.status);
        let template = template.set_body_raw(reply.body, reply.content_type);
        reply
            .headers
            .iter()
            .fold(template, |template, (name, value)| template.insert_header(*name, value.as_str()))
    }
}
