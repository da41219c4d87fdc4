//! An issuer that publishes a key set, serves what else its vendor serves, misbehaves on demand, and
//! counts what it is asked.
//!
//! In: HTTP requests, from behind the TLS front. Out: the key set, the issuer's description of
//! itself if it has one, its endpoints' answers, or whatever was scripted. A request for any other
//! host or path is kept as well: nobody should have made it.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use auth_core::clock::ManualClock;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::answers::Answers;
use super::endpoint::{Endpoint, Facts};
use super::script::{Misbehaviour, Script, State};
use super::{Asked, Purpose, Reply, door};
use crate::forge::KeyRing;
use crate::tls::Front;

/// A running issuer.
#[derive(Debug)]
pub struct Issuer {
    state: Arc<State>,
    /// In front of it: certificates and delivery.
    pub front: Front,
    door: JoinHandle<()>,
    /// Answers as long as it is there.
    _answers: Answers,
}

impl Drop for Issuer {
    fn drop(&mut self) {
        self.door.abort();
    }
}

/// What an issuer starts with.
#[derive(Debug)]
pub struct Start {
    /// The host and the path of its keys.
    pub place: (String, String),
    /// Its keys as they are published.
    pub published: Reply,
    /// What else it serves.
    pub endpoints: &'static [Endpoint],
    /// Its keys.
    pub keys: KeyRing,
    /// The time that its answers go by.
    pub clock: Arc<ManualClock>,
}

impl Issuer {
    /// Starts an issuer on a loopback port.
    ///
    /// # Panics
    ///
    /// When no port can be had.
    pub async fn start(start: Start) -> Self {
        let state = Arc::new(State {
            script: Mutex::new(Script {
                keys: (start.place, start.published),
                description: None,
                endpoints: start.endpoints,
                misbehaving: BTreeMap::new(),
                ring: start.keys,
            }),
            asked: Mutex::default(),
            facts: Facts::default(),
            changes: watch::channel(()).0,
            clock: start.clock,
        });
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a loopback port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        let answers = Answers::start(&state).await;
        let door = tokio::spawn(door::serve(listener, answers.address(), Arc::clone(&state)));
        Self { state, front: Front::start(address).await, door, _answers: answers }
    }

    /// Publishes something else in place of its keys from now on.
    pub fn reply(&self, reply: Reply) {
        self.state.change(|script| script.keys.1 = reply);
    }

    /// Has its keys at another path from now on.
    pub fn move_keys(&self, path: &str) {
        self.state.change(|script| path.clone_into(&mut script.keys.0.1));
    }

    /// Has other keys from now on, and publishes them so.
    pub(crate) fn renew(&self, keys: KeyRing, published: Reply) {
        self.state.change(|script| {
            script.ring = keys;
            script.keys.1 = published;
        });
    }

    /// Describes itself like this, at this host and path.
    pub fn describe(&self, place: (String, String), reply: Reply) {
        self.state.change(|script| script.description = Some((place, reply)));
    }

    /// Lets one endpoint answer this, whatever it is asked, from now on. An answer that was held
    /// back is replaced by this one.
    ///
    /// # Panics
    ///
    /// When there is no endpoint of that name: a mistake in a case.
    pub fn misbehave(&self, endpoint: &str, reply: Reply) {
        self.script_of(endpoint, Misbehaviour::Instead(reply));
    }

    /// Lets one endpoint spoil its honest answers from now on, as in `issuer.spoil("user",
    /// Reply::cut)`.
    ///
    /// # Panics
    ///
    /// When there is no endpoint of that name: a mistake in a case.
    pub fn spoil(&self, endpoint: &str, how: fn(Reply) -> Reply) {
        self.script_of(endpoint, Misbehaviour::Spoilt(how));
    }

    fn script_of(&self, endpoint: &str, misbehaviour: Misbehaviour) {
        self.state.change(|script| {
            let is_known = script.endpoints.iter().any(|known| known.name == endpoint);
            assert!(is_known, "there is no endpoint `{endpoint}`");
            script.misbehaving.insert(endpoint.to_owned(), misbehaviour);
        });
    }

    /// Lets an endpoint answer honestly again, those that it held back included.
    pub fn behave(&self, endpoint: &str) {
        self.state.change(|script| {
            script.misbehaving.remove(endpoint);
        });
    }

    /// Makes something the case at the vendor; endpoints answer by it.
    pub fn set_fact(&self, name: &str, value: impl Into<Value>) {
        self.state.facts.set(name, value.into());
    }

    /// A fact, or null.
    pub fn fact(&self, name: &str) -> Value {
        self.state.facts.get(name)
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often the key set was asked for.
    pub fn fetches(&self) -> usize {
        self.count(|purpose| purpose == Purpose::Keys)
    }

    /// How often the description was asked for.
    pub fn readings(&self) -> usize {
        self.count(|purpose| purpose == Purpose::Description)
    }

    /// How often the endpoint of this name was asked.
    pub fn calls(&self, endpoint: &str) -> usize {
        self.count(|purpose| matches!(purpose, Purpose::Endpoint(name) if name == endpoint))
    }

    fn count(&self, is_meant: impl Fn(Purpose) -> bool) -> usize {
        self.asked().iter().filter(|asked| is_meant(asked.purpose)).count()
    }

    /// Requests that were for nothing that is here: nobody should have made them.
    pub fn strays(&self) -> Vec<Asked> {
        let is_stray = |asked: &Asked| asked.purpose == Purpose::Stray;
        self.asked().into_iter().filter(is_stray).collect()
    }

    /// Waits until that many requests have arrived, for the key set or for the description that
    /// leads to it.
    pub async fn wait_for_requests(&self, count: usize) {
        self.wait(|| self.fetches().max(self.readings()) >= count).await;
    }

    /// Waits until the endpoint of this name was asked that often.
    pub async fn wait_for_calls(&self, endpoint: &str, count: usize) {
        self.wait(|| self.calls(endpoint) >= count).await;
    }

    async fn wait(&self, is_over: impl Fn() -> bool) {
        let mut changes = self.state.changes.subscribe();
        // The sender lives in `self`, so waiting cannot fail.
        let _ = changes.wait_for(|()| is_over()).await;
    }
}
