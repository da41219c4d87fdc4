//! An introspection in the making: choices in, an [`Introspection`] or every mistake at once out.
//!
//! A check is in force unless a call that begins with `danger_` gives it up. Read once, when a
//! server starts.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::client::{Client, Credentials};
use super::desk::Desk;
use super::endpoint::Endpoint;
use super::rules::{Rules, UnnamedIssuer};
use super::verify::Introspection;
use crate::config::{Environment, Secret};
use crate::jwks::{Flaw, parse_address};
use crate::jwt::{Expected, Times};
use crate::proof;

/// How long answers are kept unless told otherwise, and at most: so long a revoked token may go on.
const CACHE_FOR: Duration = Duration::from_secs(30);
const MAX_CACHE_FOR: Duration = Duration::from_mins(5);

/// How many answers of each kind are kept unless told otherwise, and at most.
const CAPACITY: usize = 10_000;
const MAX_CAPACITY: usize = 1_000_000;

/// An unfinished [`Introspection`]. `Debug` shows neither its address nor its secrets.
#[derive(Clone)]
#[must_use = "an unfinished introspection verifies nothing: finish it with `build_in`"]
pub struct IntrospectionBuilder {
    url: String,
    clients: Vec<Client>,
    hint: String,
    issuers: Expected,
    unnamed_issuer: UnnamedIssuer,
    audiences: Expected,
    required: Vec<String>,
    times: Times,
    cache_for: Duration,
    capacity: usize,
    pub(crate) confirmation: proof::Choice,
}

/// Everything that is wrong with an introspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntrospectionError {
    problems: Vec<String>,
}

impl IntrospectionBuilder {
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            clients: Vec::new(),
            hint: "access_token".to_owned(),
            issuers: Expected::nothing_yet(),
            unnamed_issuer: UnnamedIssuer::Refused,
            audiences: Expected::nothing_yet(),
            required: Vec::new(),
            times: Times::new(),
            cache_for: CACHE_FOR,
            capacity: CAPACITY,
            confirmation: proof::Choice::default(),
        }
    }

    /// Asks as this client, with HTTP Basic: both parts encoded as in a form, as RFC 6749, section
    /// 2.3.1, says.
    pub fn client(mut self, id: impl Into<String>, secret: &Secret<String>) -> Self {
        self.clients.push(Client::Basic(id.into(), secret.clone()));
        self
    }

    /// Asks as this client, with `client_id` and `client_secret` in the form: for issuers that
    /// know no HTTP Basic.
    pub fn client_in_body(mut self, id: impl Into<String>, secret: &Secret<String>) -> Self {
        self.clients.push(Client::Body(id.into(), secret.clone()));
        self
    }

    /// Asks with a token of our own (RFC 6750).
    pub fn bearer(mut self, token: &Secret<String>) -> Self {
        self.clients.push(Client::Bearer(token.clone()));
        self
    }

    /// Asks as nobody: for an issuer that answers whoever reaches it, say on a network of its own.
    /// Whoever else reaches it may then try tokens out.
    pub fn danger_without_client_authentication(mut self) -> Self {
        self.clients.push(Client::Nobody);
        self
    }

    /// What the issuer is told to look for first, instead of `access_token` (RFC 7662, section
    /// 2.1).
    pub fn token_type_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// An issuer to trust, compared byte for byte with `iss`. Call it again for another one.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuers.add(issuer.into());
        self
    }

    /// Takes answers that name no issuer, as they may; one that names another is still refused.
    /// Where several issuers share an endpoint, nobody then knows whose token it is.
    pub const fn danger_accept_unnamed_issuer(mut self) -> Self {
        self.unnamed_issuer = UnnamedIssuer::Accepted;
        self
    }

    /// Gives up the check of `iss`, whether it is there or not.
    pub fn danger_accept_any_issuer(mut self) -> Self {
        self.issuers = Expected::Anything;
        self
    }

    /// An audience to answer to: `aud` has to name at least one. Call it again for another one.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.add(audience.into());
        self
    }

    /// Gives up the check of `aud`. Unless the issuer itself tells us apart, as RFC 7662, section
    /// 2.2, lets it, tokens for any other service of it are then accepted.
    pub fn danger_accept_any_audience(mut self) -> Self {
        self.audiences = Expected::Anything;
        self
    }

    /// A member that has to be there, besides those that are compared. An active token does not
    /// have to say when it expires: `.require("exp")` asks for it.
    pub fn require(mut self, claim: impl Into<String>) -> Self {
        self.required.push(claim.into());
        self
    }

    /// How far clocks may disagree: at most 5 minutes, 5 seconds unless told otherwise.
    pub const fn leeway(mut self, leeway: Duration) -> Self {
        self.times.leeway = leeway;
        self
    }

    /// How long an answer counts, and so how long a revoked token may go on: at most 5 minutes, 30
    /// seconds unless told otherwise, and never past `exp`. Zero asks about every request.
    pub const fn cache_for(mut self, time: Duration) -> Self {
        self.cache_for = time;
        self
    }

    /// How many answers are kept about good tokens, and how many about others: 10,000 of each unless
    /// told otherwise. The oldest goes first.
    pub const fn cache_capacity(mut self, answers: usize) -> Self {
        self.capacity = answers;
        self
    }

    /// Finishes the introspection with an environment's network and clock.
    ///
    /// ```
    /// use auth_core::Environment;
    /// use auth_core::introspection::Introspection;
    ///
    /// let forgetful = Introspection::at("http://login.example/introspect").issuer("login");
    /// let error = forgetful.build_in(&Environment::process()).unwrap_err();
    /// assert_eq!(error.problems().len(), 3); // The address, the client, the audience.
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn build_in(self, environment: &Environment) -> Result<Introspection, IntrospectionError> {
        let mut problems = Vec::new();
        let url = address(&self.url).map_err(|problem| problems.push(problem.to_owned())).ok();
        let credentials = self.credentials().map_err(|found| problems.extend(found)).ok();
        problems.extend(self.problems());
        let confirmation = self.confirmation.open(self.times.leeway, &mut problems);
        let (Some(url), Some(credentials), Some(confirmation), true) =
            (url, credentials, confirmation, problems.is_empty())
        else {
            return Err(IntrospectionError { problems });
        };
        let clock = Arc::clone(environment.clock());
        let http = Arc::clone(environment.http());
        let endpoint =
            Endpoint { url, credentials, hint: self.hint, http, clock: Arc::clone(&clock) };
        let desk = Desk::new(endpoint, self.cache_for, self.capacity);
        let rules = Rules {
            issuers: self.issuers,
            unnamed_issuer: self.unnamed_issuer,
            audiences: self.audiences,
            required: self.required,
            times: self.times,
            confirmation,
        };
        Ok(Introspection::new(desk, rules, clock))
    }

    fn credentials(&self) -> Result<Credentials, Vec<String>> {
        match &self.clients[..] {
            [client] => client.open(),
            [] => Err(vec![
                "no client authentication is chosen: call `.client(..)`, or \
                 `.danger_without_client_authentication()` if the issuer asks for none"
                    .to_owned(),
            ]),
            _ => Err(vec!["more than one client authentication is chosen: keep one".to_owned()]),
        }
    }

    fn problems(&self) -> Vec<String> {
        let hint = self.hint.trim().is_empty().then(|| "the token type hint is blank".to_owned());
        let mut problems: Vec<_> = hint.into_iter().chain(self.times.problems()).collect();
        problems.extend(self.issuers.problem("issuer"));
        problems.extend(self.audiences.problem("audience"));
        if self.required.iter().any(|claim| claim.trim().is_empty()) {
            problems.push("the name of a required claim is blank".to_owned());
        }
        if self.cache_for > MAX_CACHE_FOR {
            let limit = MAX_CACHE_FOR.as_secs();
            problems.push(format!("answers may be cached for at most {limit} s"));
        }
        if !(1..=MAX_CAPACITY).contains(&self.capacity) {
            problems.push(format!(
                "the cache has to hold 1 to {MAX_CAPACITY} answers: to do without one, call \
                 `.cache_for(Duration::ZERO)`"
            ));
        }
        problems
    }
}

fn address(text: &str) -> Result<Url, &'static str> {
    parse_address(text).map_err(|flaw| match flaw {
        Flaw::NoUrl => "the introspection endpoint's address is no URL",
        Flaw::NotSecure => "the introspection endpoint's address has to begin with https://",
        Flaw::Userinfo => {
            "the introspection endpoint's address holds a user name or password: call \
             `.client(..)` instead"
        }
    })
}

impl IntrospectionError {
    /// Each problem, as a sentence without its first capital and without a full stop.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for IntrospectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problems.join("; "))
    }
}

impl std::error::Error for IntrospectionError {}

impl fmt::Debug for IntrospectionBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IntrospectionBuilder")
            .field("issuers", &self.issuers)
            .field("audiences", &self.audiences)
            .field("required", &self.required)
            .field("times", &self.times)
            .field("cache_for", &self.cache_for)
            .finish_non_exhaustive()
    }
}
