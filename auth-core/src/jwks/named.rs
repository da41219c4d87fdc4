//! An endpoint that its issuer names: an issuer in; the address that its own description gives, out.
//!
//! The same document, rules and times as for keys (`discovery`), for whoever is no key cache. One
//! reading at a time: who waits learns what the first one did, and after a failure nobody asks for a
//! while. Used by `introspection::endpoint`.

use std::time::Duration;

use tokio::sync::Mutex;
use url::Url;

use super::discovery::Discovery;
use super::fetch::FetchError;
use super::issuer_url::WellKnown;
use super::member::Member;
use crate::clock::Clock;
use crate::http::HttpClient;

/// How long a document that could not be read is left alone, unless the issuer says how long.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// The address of an endpoint, according to its issuer.
#[derive(Debug)]
pub(crate) struct NamedAddress {
    discovery: Discovery,
    /// Until when nobody asks, and why.
    trouble: Mutex<Option<(Duration, FetchError)>>,
}

impl NamedAddress {
    /// Where this issuer is asked about tokens (RFC 7662, section 2).
    pub(crate) fn introspection(issuer: &str) -> Result<Self, &'static str> {
        let discovery = Discovery::of(Member::Introspection, issuer, WellKnown::OpenId)?;
        Ok(Self { discovery, trouble: Mutex::default() })
    }

    /// Where the issuer describes itself.
    pub(crate) fn document(&self) -> &Url {
        self.discovery.address()
    }

    /// The address: from memory, or from the issuer.
    pub(crate) async fn get(
        &self,
        http: &dyn HttpClient,
        clock: &dyn Clock,
    ) -> Result<Url, FetchError> {
        let mut trouble = self.trouble.lock().await;
        let now = clock.monotonic();
        if let Some((_, reason)) = trouble.as_ref().filter(|(until, _)| now < *until) {
            return Err(reason.clone());
        }
        match self.discovery.find(http, clock).await {
            Ok(url) => {
                *trouble = None;
                Ok(url)
            }
            Err(failure) => {
                let pause = failure.retry_after.unwrap_or(PAUSE).clamp(PAUSE, LONGEST_PAUSE);
                *trouble = Some((now.saturating_add(pause), failure.reason.clone()));
                Err(failure.reason)
            }
        }
    }
}
