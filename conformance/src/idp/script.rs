//! What is where, and how it answers at the moment.
//!
//! In: a request. Out: what it is for, and the reply to it. Next: `answers`, which asks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use auth_core::clock::{Clock, ManualClock};
use tokio::sync::watch;

use super::endpoint::{Asking, Endpoint, Facts};
use super::{Asked, Purpose, Reply};
use crate::forge::KeyRing;

/// A host and a path.
pub(super) type Place = (String, String);

/// What the issuer and its server share.
#[derive(Debug)]
pub(super) struct State {
    pub(super) script: Mutex<Script>,
    pub(super) asked: Mutex<Vec<Asked>>,
    pub(super) facts: Facts,
    /// Notified after every request and after every change of the script.
    pub(super) changes: watch::Sender<()>,
    pub(super) clock: Arc<ManualClock>,
}

/// What is at which host and path.
#[derive(Debug)]
pub(super) struct Script {
    pub(super) keys: (Place, Reply),
    pub(super) description: Option<(Place, Reply)>,
    pub(super) endpoints: &'static [Endpoint],
    /// Endpoints that answer something else than they should.
    pub(super) misbehaving: BTreeMap<String, Misbehaviour>,
    pub(super) ring: KeyRing,
}

/// What an endpoint answers in place of what it should.
#[derive(Debug, Clone)]
pub(super) enum Misbehaviour {
    /// This.
    Instead(Reply),
    /// Its honest answer, spoilt.
    Spoilt(fn(Reply) -> Reply),
}

impl State {
    pub(super) fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the script; whoever waits for an answer hears of it.
    pub(super) fn change(&self, change: impl FnOnce(&mut Script)) {
        change(&mut self.script());
        self.changes.send_replace(());
    }

    /// Notes a request.
    pub(super) fn note(&self, asked: Asked) {
        let asked = self.purposed(asked);
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        self.changes.send_replace(());
    }

    /// The same request with what it is for.
    pub(super) fn purposed(&self, mut asked: Asked) -> Asked {
        asked.purpose = self.script().purpose(&asked);
        asked
    }

    /// The reply to a request at this moment; nothing where nothing is.
    pub(super) fn reply(&self, asked: &Asked) -> Option<Reply> {
        let script = self.script();
        match asked.purpose {
            Purpose::Keys => Some(script.keys.1.clone()),
            Purpose::Description => script.description.as_ref().map(|(_, reply)| reply.clone()),
            Purpose::Stray => None,
            Purpose::Endpoint(name) => {
                let spoil = match script.misbehaving.get(name) {
                    Some(Misbehaviour::Instead(reply)) => return Some(reply.clone()),
                    Some(Misbehaviour::Spoilt(spoil)) => *spoil,
                    None => |reply| reply,
                };
                let (endpoint, captured) = script.endpoint(asked)?;
                let ring = script.ring.clone();
                // An answer may take its time; the script must not wait for it.
                drop(script);
                Some(spoil(self.answer(endpoint, captured, asked, &ring)))
            }
        }
    }

    fn answer(
        &self,
        endpoint: &Endpoint,
        captured: Vec<String>,
        asked: &Asked,
        keys: &KeyRing,
    ) -> Reply {
        let now = self.clock.unix().as_secs();
        (endpoint.answer)(&Asking { keys, now, asked, captured, facts: &self.facts })
    }
}

impl Script {
    fn purpose(&self, asked: &Asked) -> Purpose {
        let is_at = |place: &Place| asked.host == place.0 && asked.path == place.1;
        if self.description.as_ref().is_some_and(|(place, _)| is_at(place)) {
            Purpose::Description
        } else if is_at(&self.keys.0) {
            Purpose::Keys
        } else {
            let endpoint = self.endpoint(asked);
            endpoint.map_or(Purpose::Stray, |(endpoint, _)| Purpose::Endpoint(endpoint.name))
        }
    }

    fn endpoint(&self, asked: &Asked) -> Option<(&'static Endpoint, Vec<String>)> {
        self.endpoints
            .iter()
            .find_map(|endpoint| endpoint.matches(asked).map(|captured| (endpoint, captured)))
    }
}
