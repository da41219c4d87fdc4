//! Where the issuer is asked: a token in, what the issuer says of it out.
//!
//! `memo` sees to it that a token is asked about once however many wait, and that what is known is
//! not asked again; here is what that means for tokens. They are known by their SHA-256 alone. An
//! endpoint in trouble is left alone for a while, and callers hear of it at once instead of
//! queueing. Next: `endpoint`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};

use super::answer::Answer;
use super::endpoint::{Endpoint, Reason, Trouble};
use crate::error::AuthError;
use crate::memo::{Hush, Kind, Limits, Memory, Pause, Shelves, Topic};

/// How long at most the issuer's "no" is repeated: a token may be too new for all of its servers.
const INACTIVE_FOR: Duration = Duration::from_secs(3);

/// One endpoint, what it said, and what it is being asked.
pub(super) struct Desk(Memory<Tokens>);

/// What there is to ask about tokens.
struct Tokens {
    endpoint: Arc<Endpoint>,
    pause: Pause<Reason>,
    hush: Hush,
}

/// A token without its text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key([u8; 32]);

impl Desk {
    /// Keeps so many answers of each kind for so long; none for no time.
    pub(super) fn new(endpoint: Endpoint, lifetime: Duration, capacity: usize) -> Self {
        let clock = Arc::clone(&endpoint.clock);
        let active = Limits { lifetime, capacity };
        let inactive = Limits { lifetime: lifetime.min(INACTIVE_FOR), capacity };
        let pause = Pause::new(Arc::clone(&clock));
        let tokens = Tokens { endpoint: Arc::new(endpoint), pause, hush: Hush::default() };
        Self(Memory::new(tokens, Shelves::new(active, inactive), clock))
    }

    /// What the issuer says of this token.
    pub(super) async fn ask(&self, token: &str) -> Result<Answer, AuthError> {
        let endpoint = &self.0.topic().endpoint;
        let ask = || {
            let (endpoint, question) = (Arc::clone(endpoint), endpoint.question(token));
            async move { endpoint.ask(question).await }
        };
        let answer = self.0.get(Key::of(token), ask).await;
        answer.map_err(|trouble| AuthError::IntrospectionUnavailable(trouble.reason))
    }

    /// How many answers are kept.
    pub(super) fn cached(&self) -> usize {
        self.0.len()
    }
}

impl Key {
    fn of(token: &str) -> Self {
        let mut key = [0; 32];
        key.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        Self(key)
    }
}

impl Topic for Tokens {
    type Key = Key;
    type Answer = Answer;
    type Trouble = Trouble;

    fn unanswered(reason: &'static str) -> Trouble {
        Trouble::of_endpoint(reason)
    }

    fn kind(answer: &Answer) -> Kind {
        match answer {
            Answer::Active(_) => Kind::Good,
            Answer::Inactive => Kind::Bad,
        }
    }

    fn expires_at(answer: &Answer) -> Option<Duration> {
        answer.expires_at()
    }

    fn admit(&self) -> Result<(), Trouble> {
        self.pause.check().map_err(Trouble::of_endpoint)
    }

    fn failed(&self, trouble: &Trouble) {
        if let Some(asked) = trouble.pause {
            self.pause.begin(asked, trouble.reason.clone());
        }
        if self.hush.is_over(&*self.endpoint.clock) {
            let (host, reason) = (self.endpoint.url.host_str(), &trouble.reason);
            tracing::warn!(
                target: "auth", host, %reason,
                "the issuer could not be asked about a token: it is refused until it can be"
            );
        }
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("endpoint", &self.0.topic().endpoint).finish_non_exhaustive()
    }
}
