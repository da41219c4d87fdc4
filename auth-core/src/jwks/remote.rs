//! When to fetch an issuer's keys, and whom to serve meanwhile.
//!
//! In: the `kid` of a token. Out: a key set that is worth asking. A known `kid` is answered from
//! memory, without a lock; an unknown one asks the issuer at most once a cooldown; however many
//! wait, there is one request, which goes on even if the first to ask goes away. A set that could
//! not be refreshed serves on, up to a limit. Next: `fetch`.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::runtime::Handle;
use tokio::sync::watch;
use url::{Host, Url};

use super::fetch::{FetchError, Fetched, fetch};
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
    flight: Mutex<Flight>,
}

#[derive(Debug)]
struct Loaded {
    keys: Arc<KeySet>,
    at: Duration,
    lifetime: Duration,
}

#[derive(Debug, Default)]
struct Flight {
    /// Ends when the request under way ends.
    running: Option<watch::Receiver<()>>,
    last: Option<Attempt>,
}

#[derive(Debug, Clone)]
struct Attempt {
    at: Duration,
    failure: Option<FetchError>,
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
            flight: Mutex::default(),
        })))
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0.url
    }

    /// A key set that is worth asking for the key of this id.
    pub(crate) async fn current(&self, id: Option<&str>) -> Result<Arc<KeySet>, AuthError> {
        let now = self.0.clock.monotonic();
        let is_known = |loaded: &Loaded| id.is_none_or(|id| loaded.keys.knows(id));
        if let Some(loaded) = self.0.loaded.load_full().filter(|loaded| is_known(loaded)) {
            match loaded.age(now) {
                Age::Fresh => return Ok(Arc::clone(&loaded.keys)),
                Age::DueSoon => {
                    self.0.start(now);
                    return Ok(Arc::clone(&loaded.keys));
                }
                Age::Stale if self.0.last_failure().is_some() => {
                    self.0.start(now);
                    return Ok(Arc::clone(&loaded.keys));
                }
                Age::Stale | Age::Dead => {}
            }
        }
        if let Some(mut running) = self.0.start(now) {
            // An error means that the request ended, which is all we wait for.
            let _ = running.changed().await;
        }
        let loaded = self.0.loaded.load_full();
        let usable = loaded.filter(|loaded| !matches!(loaded.age(now), Age::Dead));
        match (usable, self.0.last_failure()) {
            (Some(loaded), _) if is_known(&loaded) => Ok(Arc::clone(&loaded.keys)),
            (Some(_), None) => Err(AuthError::KeyNotFound),
            (_, Some(failure)) => Err(AuthError::KeysUnavailable(failure)),
            (None, None) => Err(AuthError::KeysUnavailable("they were not fetched".into())),
        }
    }
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
    /// Joins the request under way, or starts one, unless the last is too recent.
    fn start(self: &Arc<Self>, now: Duration) -> Option<watch::Receiver<()>> {
        let mut flight = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = flight.running.as_ref().filter(|one| one.has_changed().is_ok()) {
            return Some(running.clone());
        }
        let gap = if self.loaded.load().is_some() { COOLDOWN } else { COLD_RETRY };
        if flight.last.as_ref().is_some_and(|last| now.saturating_sub(last.at) < gap) {
            return None;
        }
        let runtime = Handle::try_current().ok();
        let failure = runtime.is_none().then_some("there is no tokio runtime".into());
        flight.last = Some(Attempt { at: now, failure });
        let (ended, running) = watch::channel(());
        let shared = Arc::clone(self);
        runtime?.spawn(async move {
            let fetched = fetch(&*shared.http, &shared.url, &shared.algorithms).await;
            shared.land(now, fetched);
            drop(ended);
        });
        flight.running = Some(running.clone());
        Some(running)
    }

    /// Keeps what was fetched, or the reason why nothing was.
    fn land(&self, at: Duration, fetched: Result<Fetched, FetchError>) {
        let failure = match fetched {
            Ok(Fetched { keys, lifetime }) => {
                self.loaded.store(Some(Arc::new(Loaded { keys: Arc::new(keys), at, lifetime })));
                None
            }
            Err(failure) => {
                let host = self.url.host_str();
                tracing::warn!(target: "auth", host, %failure, "keys could not be fetched");
                Some(failure)
            }
        };
        let mut flight = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        flight.last = Some(Attempt { at: self.clock.monotonic(), failure });
        flight.running = None;
    }

    fn last_failure(&self) -> Option<FetchError> {
        let flight = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        flight.last.as_ref()?.failure.clone()
    }
}

/// `https`, or plain `http` to this very machine.
fn parse_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| format!("the key set's address {text:?} is no URL"))?;
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let is_secure = url.scheme() == "https" || (url.scheme() == "http" && is_loopback);
    if !is_secure || url.host().is_none() {
        return Err(format!("the key set's address {text:?} has to begin with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the key set's address holds a user name or password: remove it".to_owned());
    }
    Ok(url)
}
