//! One refresh of an issuer's keys, from the decision to make it to the news of how it ended.
//!
//! In: somebody who wants newer keys. Out: a flight to wait for, or nothing when it is too early.
//! A refresh finds out where the keys are, asks for them on the condition that they have changed,
//! and keeps what is newest. It belongs to nobody: it goes on when its first caller goes away.
//! Next: `fetch`, and `discovery` where an issuer says itself where its keys are.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::runtime::Handle;
use url::Url;

use super::cached::{Age, Cached, Policy};
use super::discovery::Discovery;
use super::fetch::{Answer, Failure, Question, ask};
use super::flight::{Flight, Flights, Landing, Pace};
use super::format::KeyFormat;
use super::rotation::{self, Fingerprint};
use super::set::KeySet;
use crate::clock::Clock;
use crate::http::HttpClient;
use crate::jwt::Algorithm;
use crate::metrics;

const POLICY: Policy = Policy {
    default: Duration::from_mins(10),
    shortest: Duration::from_mins(5),
    longest: Duration::from_hours(1),
    stale: Duration::from_hours(1),
};

/// The least time between two refreshes that strangers' tokens can cause.
const COOLDOWN: Duration = Duration::from_secs(30);

/// The least time between two refreshes while there are no keys at all.
const COLD_RETRY: Duration = Duration::from_secs(1);

/// What an issuer may ask for with `Retry-After`; less while there are no keys, since all wait.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
const LONGEST_COLD_PAUSE: Duration = Duration::from_mins(1);

/// After this, whoever has an old set to go on with does.
const PATIENCE: Duration = Duration::from_secs(1);

/// The most time for a whole refresh: twice what the client is told, should it not listen.
const REQUEST_LIMIT: Duration = Duration::from_secs(10);

/// The most bytes of a key set.
const MAX_KEY_SET: usize = 256 * 1024;

/// The keys of one issuer, and everything that is needed to refresh them.
#[derive(Debug)]
pub(super) struct Refresher {
    pub(super) place: Place,
    pub(super) format: KeyFormat,
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) http: Arc<dyn HttpClient>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) loaded: ArcSwapOption<Cached<Published>>,
    pub(super) flights: Flights<Cached<Published>>,
}

/// Where keys are.
#[derive(Debug)]
pub(super) enum Place {
    /// At an address that was configured.
    At(Url),
    /// Where the issuer says.
    Discovered(Discovery),
}

/// A key set, and where it was: what is remembered of one address says nothing of another.
#[derive(Debug, Clone)]
pub(super) struct Published {
    pub(super) keys: Arc<KeySet>,
    pub(super) url: Url,
    pub(super) fingerprint: Fingerprint,
}

impl Place {
    pub(super) fn configured(&self) -> &Url {
        match self {
            Self::At(url) => url,
            Self::Discovered(discovery) => discovery.address(),
        }
    }
}

impl Refresher {
    /// Joins the refresh under way, or starts one, unless the last is too recent.
    pub(super) fn start(self: &Arc<Self>, now: Duration) -> Option<Flight<Cached<Published>>> {
        let gap = if self.is_cold(now) { COLD_RETRY } else { COOLDOWN };
        let pace = Pace { gap, patience: REQUEST_LIMIT * 2 };
        self.flights.join_or_start(now, pace, |landing| match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(Arc::clone(self).request(now, landing))),
            Err(_) => landing.land(Err("there is no tokio runtime".into()), None),
        })
    }

    fn is_cold(&self, now: Duration) -> bool {
        self.loaded.load().as_ref().is_none_or(|loaded| loaded.age(now) == Age::Dead)
    }

    /// One refresh, from start to landing. A panic or an abort on the way lands as a failure.
    async fn request(self: Arc<Self>, at: Duration, landing: Landing<Cached<Published>>) {
        let mut fetching = std::pin::pin!(self.fetch(at));
        let in_time = tokio::time::timeout(PATIENCE, &mut fetching).await;
        let outcome = if let Ok(outcome) = in_time {
            outcome
        } else {
            landing.linger();
            let rest = REQUEST_LIMIT.saturating_sub(PATIENCE);
            let late = tokio::time::timeout(rest, fetching).await;
            late.unwrap_or_else(|_| Err("there was no answer in time".into()))
        };
        match outcome {
            Ok(loaded) => {
                metrics::keys(self.place.configured().host_str(), Some(self.clock.unix()));
                landing.land(Ok(self.keep(loaded)), None);
            }
            Err(failure) => {
                metrics::keys(self.place.configured().host_str(), None);
                self.warn(&failure);
                let pause = failure.retry_after.map(|pause| self.pause(pause));
                landing.land(Err(failure.reason), pause);
            }
        }
    }

    async fn fetch(&self, at: Duration) -> Result<Cached<Published>, Failure> {
        let url = match &self.place {
            Place::At(url) => url.clone(),
            Place::Discovered(discovery) => discovery.key_set(&*self.http, &*self.clock).await?,
        };
        let known = self.loaded.load_full().filter(|loaded| loaded.value.url == url);
        let question = Question {
            url: &url,
            accept: self.format.accept(),
            max_body: MAX_KEY_SET,
            known: known.as_ref().and_then(|known| known.validator.as_ref()),
        };
        let Answer { document, caching } = ask(&*self.http, &*self.clock, question).await?;
        match (document, known) {
            (Some(document), _) => {
                let keys = Arc::new(self.format.parse(&document, &self.algorithms)?);
                let fingerprint = Fingerprint::of(&document);
                Ok(Cached::new(Published { keys, url, fingerprint }, at, caching, POLICY))
            }
            (None, Some(known)) => Ok(known.renewed(at, caching)),
            (None, None) => Err("the issuer left out the key set".into()),
        }
    }

    /// Keeps what was asked for last: an answer that was given up may come after a newer one.
    fn keep(&self, loaded: Cached<Published>) -> Arc<Cached<Published>> {
        let loaded = Arc::new(loaded);
        let before = self.loaded.rcu(|current| match current {
            Some(current) if current.at > loaded.at => Some(Arc::clone(current)),
            _ => Some(Arc::clone(&loaded)),
        });
        rotation::tell(before.as_ref().map(|before| &before.value), &loaded.value);
        loaded
    }

    /// Until when the issuer is left alone that asked for it.
    fn pause(&self, asked: Duration) -> Duration {
        let now = self.clock.monotonic();
        let longest = if self.is_cold(now) { LONGEST_COLD_PAUSE } else { LONGEST_PAUSE };
        now + asked.clamp(COLD_RETRY, longest)
    }

    fn warn(&self, failure: &Failure) {
        let (host, failure) = (self.place.configured().host_str(), &failure.reason);
        let now = self.clock.monotonic();
        let age = self.loaded.load().as_ref().map(|loaded| loaded.age(now));
        let consequence = match age {
            None => "keys could not be fetched, and there are none: nobody is let in",
            Some(Age::Fresh | Age::DueSoon) => "keys could not be refreshed ahead of time",
            Some(Age::Stale) => "keys could not be refreshed: the old ones serve on",
            Some(Age::Dead) => "keys could not be refreshed for too long: nobody is let in",
        };
        tracing::warn!(target: "auth", host, %failure, "{consequence}");
    }
}
