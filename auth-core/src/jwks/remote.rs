//! When to fetch an issuer's keys, and whom to serve meanwhile.
//!
//! In: the `kid` of a token. Out: a key set that is worth asking. A known `kid` is answered from
//! memory while the set is fresh, without a lock; an unknown one asks the issuer at most once a
//! cooldown; however many wait, there is one request, which goes on even if the first to ask goes
//! away. A set that could not be refreshed serves on, up to a limit. Next: `flight`, then `fetch`.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::runtime::Handle;
use url::{Host, Url};

use super::fetch::{Fetched, fetch};
use super::flight::{Flight, Flights, Landing, Outcome};
use super::set::KeySet;
use crate::clock::Clock;
use crate::config::Environment;
use crate::error::AuthError;
use crate::http::HttpClient;
use crate::jwt::Algorithm;

/// The least time between two requests that strangers' tokens can cause.
const COOLDOWN: Duration = Duration::from_secs(30);

/// The least time between two requests while there are no keys at all.
const COLD_RETRY: Duration = Duration::from_secs(1);

/// How long keys outlive their lifetime when the issuer cannot be reached.
const STALE_LIMIT: Duration = Duration::from_hours(1);

/// The most time for a whole request: twice what the client is told, should it not listen.
const REQUEST_LIMIT: Duration = Duration::from_secs(10);

/// The keys at one address, cached. Clones share the cache; nothing else does.
#[derive(Clone, Debug)]
pub(crate) struct RemoteKeys(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    url: Url,
    algorithms: Vec<Algorithm>,
    http: Arc<dyn HttpClient>,
    clock: Arc<dyn Clock>,
    loaded: ArcSwapOption<Loaded>,
    flights: Flights<Loaded>,
}

/// A key set and how long to trust it.
#[derive(Debug)]
struct Loaded {
    keys: Arc<KeySet>,
    at: Duration,
    lifetime: Duration,
}

/// How far a key set is from its end.
enum Age {
    Fresh,
    /// Worth refreshing before anybody has to wait for it.
    DueSoon,
    /// Past its lifetime: served only if the issuer cannot be reached.
    Stale,
    /// Past every limit.
    Dead,
}

impl RemoteKeys {
    pub(crate) fn new(
        url: &str,
        algorithms: Vec<Algorithm>,
        environment: &Environment,
    ) -> Result<Self, String> {
        Ok(Self(Arc::new(Shared {
            url: parse_url(url)?,
            algorithms,
            http: Arc::clone(environment.http()),
            clock: Arc::clone(environment.clock()),
            loaded: ArcSwapOption::empty(),
            flights: Flights::default(),
        })))
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0.url
    }

    /// A key set that is worth asking for the key of this id.
    pub(crate) async fn current(&self, id: Option<&str>) -> Result<Arc<KeySet>, AuthError> {
        let now = self.0.clock.monotonic();
        let knows = |loaded: &Arc<Loaded>| id.is_none_or(|id| loaded.keys.knows(id));
        let usable = self.0.loaded.load_full().filter(knows);
        if let Some(loaded) = usable.as_ref().filter(|loaded| self.0.can_serve(loaded, now)) {
            return Ok(Arc::clone(&loaded.keys));
        }
        match self.0.refreshed(now).await {
            Ok(fresh) if knows(&fresh) => Ok(Arc::clone(&fresh.keys)),
            Ok(_) => Err(AuthError::KeyNotFound),
            Err(failure) => match usable.filter(|stale| !matches!(stale.age(now), Age::Dead)) {
                Some(stale) => Ok(Arc::clone(&stale.keys)),
                None => Err(AuthError::KeysUnavailable(failure)),
            },
        }
    }
}

impl Loaded {
    fn age(&self, now: Duration) -> Age {
        match now.saturating_sub(self.at) {
            age if age < self.lifetime.mul_f32(0.8) => Age::Fresh,
            age if age < self.lifetime => Age::DueSoon,
            age if age < self.lifetime + STALE_LIMIT => Age::Stale,
            _ => Age::Dead,
        }
    }
}

impl Shared {
    /// Whether a key of this set can be used at once, refreshing it in the background if need be.
    fn can_serve(self: &Arc<Self>, loaded: &Loaded, now: Duration) -> bool {
        let can_serve = match loaded.age(now) {
            Age::Fresh => return true,
            Age::DueSoon => true,
            Age::Stale => self.flights.last_failed(),
            Age::Dead => false,
        };
        if can_serve {
            self.start(now);
        }
        can_serve
    }

    /// The outcome of the request under way, of a new one, or of one that was just made.
    async fn refreshed(self: &Arc<Self>, now: Duration) -> Outcome<Loaded> {
        match self.start(now) {
            Some(flight) => flight.outcome().await,
            None => self.flights.last(),
        }
    }

    /// Joins the request under way, or starts one, unless the last is too recent.
    fn start(self: &Arc<Self>, now: Duration) -> Option<Flight<Loaded>> {
        let loaded = self.loaded.load();
        let is_cold = loaded.as_ref().is_none_or(|loaded| matches!(loaded.age(now), Age::Dead));
        let gap = if is_cold { COLD_RETRY } else { COOLDOWN };
        self.flights.join_or_start(
            now,
            gap,
            REQUEST_LIMIT * 2,
            |landing| match Handle::try_current() {
                Ok(runtime) => drop(runtime.spawn(Arc::clone(self).request(now, landing))),
                Err(_) => landing.land(Err("there is no tokio runtime".into())),
            },
        )
    }

    /// One request, from start to landing. A panic or an abort on the way lands as a failure.
    async fn request(self: Arc<Self>, at: Duration, landing: Landing<Loaded>) {
        let fetched = fetch(&*self.http, &self.url, &self.algorithms);
        let fetched = tokio::time::timeout(REQUEST_LIMIT, fetched).await;
        let outcome = fetched.unwrap_or_else(|_| Err("there was no answer in time".into()));
        landing.land(outcome.map(|fetched| self.keep(at, fetched)).inspect_err(|failure| {
            let host = self.url.host_str();
            tracing::warn!(target: "auth", host, %failure, "keys could not be fetched");
        }));
    }

    fn keep(&self, at: Duration, fetched: Fetched) -> Arc<Loaded> {
        let Fetched { keys, lifetime } = fetched;
        let loaded = Arc::new(Loaded { keys: Arc::new(keys), at, lifetime });
        self.loaded.store(Some(Arc::clone(&loaded)));
        loaded
    }
}

/// `https`, or plain `http` to this very machine. The text is never quoted: it may hold a secret.
fn parse_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| "the key set's address is no URL".to_owned())?;
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let is_secure = url.scheme() == "https" || (url.scheme() == "http" && is_loopback);
    if !is_secure || url.host().is_none() {
        return Err("the key set's address has to begin with https://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the key set's address holds a user name or password: remove it".to_owned());
    }
    Ok(url)
}
