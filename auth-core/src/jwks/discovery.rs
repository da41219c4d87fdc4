//! An issuer's description of itself in; the address of its key set out (OpenID Connect Discovery
//! 1.0, section 4; RFC 8414, section 3).
//!
//! One member is taken from the document, and one is compared: algorithms, other issuers and other
//! addresses that it lists change nothing here. Read only when keys are fetched anyway, in the same
//! request, so that whatever bounds those bounds these. Next: `refresh`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use serde_json::Value;
use url::Url;

use super::address;
use super::cached::{Age, Cached, Policy};
use super::fetch::{Answer, Failure, FetchError, Question, ask};
use super::issuer_url::{IssuerUrl, WellKnown};
use super::member::Member;
use crate::clock::Clock;
use crate::http::HttpClient;
use crate::jwt::strict_object;

/// A key set moves rarely, and the document says where to: it may be kept for a day.
const POLICY: Policy = Policy {
    default: Duration::from_hours(1),
    shortest: Duration::from_mins(5),
    longest: Duration::from_hours(24),
    stale: Duration::from_hours(24),
};

/// The most bytes of a document; real ones have two to six thousand.
const MAX_DOCUMENT: usize = 64 * 1024;

/// The least time between two failures while an old document serves, and the most that an issuer
/// may ask for.
const PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// Where an issuer's keys, or another of its endpoints, are, according to itself.
#[derive(Debug)]
pub(super) struct Discovery {
    issuer: IssuerUrl,
    /// What is taken from the document.
    member: Member,
    known: ArcSwapOption<Cached<Url>>,
    /// Why the last attempt brought nothing.
    trouble: ArcSwapOption<FetchError>,
    /// Seconds on the clock before which a document that serves is not asked for again.
    quiet_until: AtomicU64,
}

impl Discovery {
    pub(super) fn new(issuer: &str, form: WellKnown) -> Result<Self, &'static str> {
        Self::of(Member::KeySet, issuer, form)
    }

    pub(super) fn of(member: Member, issuer: &str, form: WellKnown) -> Result<Self, &'static str> {
        Ok(Self {
            issuer: IssuerUrl::parse(issuer, form)?,
            member,
            known: ArcSwapOption::empty(),
            trouble: ArcSwapOption::empty(),
            quiet_until: AtomicU64::new(0),
        })
    }

    /// Where the document is.
    pub(super) fn address(&self) -> &Url {
        &self.issuer.document
    }

    /// Why the last attempt brought nothing, if it did.
    pub(super) fn trouble(&self) -> Option<FetchError> {
        self.trouble.load().as_deref().cloned()
    }

    /// The address: from memory while the document is trusted, else from the issuer,
    /// and from memory again if the issuer cannot be reached.
    pub(super) async fn find(
        &self,
        http: &dyn HttpClient,
        clock: &dyn Clock,
    ) -> Result<Url, Failure> {
        let now = clock.monotonic();
        let known = self.known.load_full().filter(|known| known.age(now) != Age::Dead);
        if let Some(known) = known.as_ref().filter(|known| self.is_good(known, now)) {
            return Ok(known.value.clone());
        }
        match (self.read_again(http, clock, known.as_deref()).await, known) {
            (Ok(document), _) => {
                let url = document.value.clone();
                self.trouble.store(None);
                self.known.store(Some(Arc::new(document)));
                Ok(url)
            }
            (Err(failure), known) => {
                self.note(&failure, now);
                known.map(|known| known.value.clone()).ok_or(failure)
            }
        }
    }

    /// Whether there is no need, or no use, to ask for the document again.
    fn is_good(&self, known: &Cached<Url>, now: Duration) -> bool {
        let is_quiet = now.as_secs() < self.quiet_until.load(Ordering::Relaxed);
        is_quiet || matches!(known.age(now), Age::Fresh | Age::DueSoon)
    }

    async fn read_again(
        &self,
        http: &dyn HttpClient,
        clock: &dyn Clock,
        known: Option<&Cached<Url>>,
    ) -> Result<Cached<Url>, Failure> {
        let at = clock.monotonic();
        let question = Question {
            url: &self.issuer.document,
            accept: "application/json",
            max_body: MAX_DOCUMENT,
            known: known.and_then(|known| known.validator.as_ref()),
        };
        let Answer { document, caching } = ask(http, clock, question).await?;
        match (document, known) {
            (Some(document), _) => Ok(Cached::new(self.read(&document)?, at, caching, POLICY)),
            (None, Some(known)) => Ok(known.renewed(at, caching)),
            (None, None) => Err("the issuer left out the discovery document".into()),
        }
    }

    /// The address, if the document is this issuer's.
    fn read(&self, json: &[u8]) -> Result<Url, FetchError> {
        let document = strict_object(json).ok_or("the discovery document is no JSON object")?;
        match document.get("issuer") {
            Some(Value::String(issuer)) if *issuer == self.issuer.name => {}
            Some(Value::String(_)) => {
                return Err("the discovery document is another issuer's".into());
            }
            _ => return Err("the discovery document names no issuer".into()),
        }
        let url = document.get(self.member.name()).and_then(Value::as_str);
        self.admit(url.ok_or_else(|| self.member.missing())?)
    }

    /// An address that may be asked. Any public host will do: large issuers keep their keys
    /// elsewhere. Addresses inside a network are for issuers inside it.
    fn admit(&self, text: &str) -> Result<Url, FetchError> {
        let url = address::parse(text).map_err(|flaw| self.member.flawed(flaw))?;
        let issuer = &self.issuer.url;
        let is_at_home = url.host() == issuer.host()
            || (address::is_loopback(&url) && address::is_loopback(issuer));
        if address::is_internal(&url) && !is_at_home {
            return Err(self.member.internal());
        }
        Ok(url)
    }

    fn note(&self, failure: &Failure, now: Duration) {
        let pause = failure.retry_after.unwrap_or(PAUSE).clamp(PAUSE, LONGEST_PAUSE);
        self.quiet_until.store((now + pause).as_secs(), Ordering::Relaxed);
        self.trouble.store(Some(Arc::new(failure.reason.clone())));
        let (host, failure) = (self.issuer.url.host_str(), &failure.reason);
        tracing::warn!(target: "auth", host, %failure, "the discovery document could not be read");
    }
}
