//! When to ask an issuer for its keys, and whom to serve meanwhile.
//!
//! In: the `kid` of a token. Out: a key set that is worth asking. A known `kid` is answered from
//! memory while the set is fresh, without a lock; an unknown one asks the issuer at most once a
//! cooldown, and within it is refused at once: nothing is remembered of it. A set that could not
//! be refreshed serves on, up to a limit. Next: `refresh`, then `flight`.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use url::Url;

use super::address;
use super::cached::{Age, Cached};
use super::discovery::Discovery;
use super::flight::{Flights, Outcome};
use super::format::KeyFormat;
use super::issuer_url::WellKnown;
use super::refresh::{Place, Published, Refresher};
use super::set::KeySet;
use super::status::KeyStatus;
use crate::config::Environment;
use crate::error::AuthError;
use crate::jwt::Algorithm;

/// The keys of one issuer, cached. Clones share the cache; nothing else does.
#[derive(Clone, Debug)]
pub(crate) struct RemoteKeys(Arc<Refresher>);

impl RemoteKeys {
    /// The keys at this address.
    pub(crate) fn at(
        url: &str,
        format: KeyFormat,
        algorithms: Vec<Algorithm>,
        environment: &Environment,
    ) -> Result<Self, String> {
        let place = Place::At(address::key_set(url)?);
        Ok(Self::new(place, format, algorithms, environment))
    }

    /// The keys of the issuer of this name, wherever it says that they are.
    pub(crate) fn discovered(
        issuer: &str,
        form: WellKnown,
        algorithms: Vec<Algorithm>,
        environment: &Environment,
    ) -> Result<Self, String> {
        let discovery = Discovery::new(issuer, form)?;
        let place = Place::Discovered(discovery);
        Ok(Self::new(place, KeyFormat::JwkSet, algorithms, environment))
    }

    fn new(
        place: Place,
        format: KeyFormat,
        algorithms: Vec<Algorithm>,
        environment: &Environment,
    ) -> Self {
        Self(Arc::new(Refresher {
            place,
            format,
            algorithms,
            http: Arc::clone(environment.http()),
            clock: Arc::clone(environment.clock()),
            loaded: ArcSwapOption::empty(),
            flights: Flights::default(),
        }))
    }

    /// The address that was configured: of the key set, or of the document that says where it is.
    pub(crate) fn url(&self) -> &Url {
        self.0.place.configured()
    }

    /// How the keys are published.
    pub(crate) fn format(&self) -> KeyFormat {
        self.0.format
    }

    /// Whether the issuer says itself where its keys are.
    pub(crate) fn is_discovered(&self) -> bool {
        matches!(self.0.place, Place::Discovered(_))
    }

    /// A key set that is worth asking for the key of this id.
    pub(crate) async fn current(&self, id: Option<&str>) -> Result<Arc<KeySet>, AuthError> {
        let now = self.0.clock.monotonic();
        let knows = |keys: &KeySet| id.is_none_or(|id| keys.knows(id));
        let usable = self.0.loaded.load_full().filter(|loaded| knows(&loaded.value.keys));
        if let Some(loaded) = usable.as_ref().filter(|loaded| self.can_serve(loaded, now)) {
            return Ok(Arc::clone(&loaded.value.keys));
        }
        let stale = usable.filter(|stale| stale.age(now) != Age::Dead);
        let outcome = match self.0.start(now) {
            None => self.last(),
            Some(flight) if stale.is_none() => flight.outcome().await,
            Some(flight) => flight
                .outcome_unless_slow()
                .await
                .unwrap_or_else(|| Err("the issuer takes its time".into())),
        };
        match (outcome, stale) {
            (Ok(fresh), _) if knows(&fresh.value.keys) => Ok(Arc::clone(&fresh.value.keys)),
            (Ok(_), _) => Err(AuthError::KeyNotFound),
            (Err(_), Some(stale)) => Ok(Arc::clone(&stale.value.keys)),
            (Err(failure), None) => Err(AuthError::KeysUnavailable(failure)),
        }
    }

    /// Newer keys than these, for a token that names no key and fits none of them; `None` when
    /// there are none. Only an issuer that names no keys is asked, since a new one cannot be
    /// noticed otherwise, and it is asked at most once a cooldown, like any.
    pub(crate) async fn newer_than(
        &self,
        asked: &Arc<KeySet>,
    ) -> Result<Option<Arc<KeySet>>, AuthError> {
        if asked.named() > 0 {
            return Ok(None);
        }
        let outcome = match self.0.start(self.0.clock.monotonic()) {
            Some(flight) => flight.outcome().await,
            None => self.last(),
        };
        let newer = outcome.map_err(AuthError::KeysUnavailable)?;
        let keys = Arc::clone(&newer.value.keys);
        Ok((!Arc::ptr_eq(&keys, asked)).then_some(keys))
    }

    /// How the keys are doing.
    pub(crate) fn status(&self) -> KeyStatus {
        let now = self.0.clock.monotonic();
        let loaded = self.0.loaded.load_full();
        let age = loaded.as_ref().map(|loaded| loaded.age(now));
        let since = loaded.as_ref().map(|loaded| now.saturating_sub(loaded.at));
        let trouble = match &self.0.place {
            Place::At(_) => None,
            Place::Discovered(discovery) => discovery.trouble(),
        };
        KeyStatus {
            is_ready: age.is_some_and(|age| age != Age::Dead),
            is_stale: matches!(age, Some(Age::Stale | Age::Dead)),
            keys: loaded.as_ref().map_or(0, |loaded| loaded.value.keys.count()),
            age_seconds: since.map(|since| since.as_secs()),
            last_success: since.map(|since| self.0.clock.unix().saturating_sub(since).as_secs()),
            last_error: self.0.flights.last().and_then(Result::err).or(trouble),
        }
    }

    /// Whether a key of this set can be used at once, refreshing it in the background if need be.
    fn can_serve(&self, loaded: &Cached<Published>, now: Duration) -> bool {
        let can_serve = match loaded.age(now) {
            Age::Fresh => return true,
            Age::DueSoon => true,
            Age::Stale => self.0.flights.is_troubled(),
            Age::Dead => false,
        };
        if can_serve && !self.0.flights.is_quiet(now) {
            self.0.start(now);
        }
        can_serve
    }

    fn last(&self) -> Outcome<Cached<Published>> {
        let never = || Err("they were not fetched yet".into());
        self.0.flights.last().unwrap_or_else(never)
    }
}
