//! A verifier in the making: choices in, a [`Verifier`] or every mistake at once out.
//!
//! A check is in force unless a call that begins with `danger_` gives it up. Read once, when a
//! server starts.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::algorithm::Algorithm;
use super::claims::Claims;
use super::demands::Demands;
use super::expected::Expected;
use super::header::TokenType;
use super::rules::Rules;
use super::source::Source;
use super::times::Times;
use super::verifier::Verifier;
use super::vocabulary::Vocabulary;
use crate::config::Environment;
use crate::error::AuthError;
use crate::proof;
use crate::token::TokenSource;

/// An unfinished [`Verifier`].
#[derive(Debug, Clone)]
#[must_use = "an unfinished verifier verifies nothing: finish it with `build_in`"]
pub struct VerifierBuilder {
    source: Source,
    algorithms: Option<Vec<Algorithm>>,
    issuers: Expected,
    audiences: Expected,
    token_types: Vec<TokenType>,
    authorized_parties: Expected,
    required: Vec<String>,
    demands: Demands,
    times: Times,
    pub(crate) confirmation: proof::Choice,
}

/// Everything that is wrong with a verifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierError {
    problems: Vec<String>,
}

impl VerifierBuilder {
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            algorithms: None,
            issuers: Expected::nothing_yet(),
            audiences: Expected::nothing_yet(),
            token_types: vec![TokenType::Jwt, TokenType::AccessToken, TokenType::Absent],
            authorized_parties: Expected::Anything,
            required: Vec::new(),
            demands: Demands::default(),
            times: Times::new(),
            confirmation: proof::Choice::default(),
        }
    }

    /// The algorithms to accept, instead of the one that the key source suggests.
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        let mut list: Vec<_> = algorithms.into_iter().collect();
        list.sort_unstable();
        list.dedup();
        self.algorithms = Some(list);
        self
    }

    /// An issuer to trust, compared byte for byte with `iss`. Call it again for another one.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuers.add(issuer.into());
        self
    }

    /// Several of them at once.
    pub fn issuers<I: Into<String>>(self, issuers: impl IntoIterator<Item = I>) -> Self {
        issuers.into_iter().fold(self, Self::issuer)
    }

    /// Gives up the check of `iss`. Whoever holds the key may then call themselves anybody.
    pub fn danger_accept_any_issuer(mut self) -> Self {
        self.issuers = Expected::Anything;
        self
    }

    /// Checks `iss` only if an issuer is given.
    pub fn danger_optional_issuer(self, issuer: &Option<String>) -> Self {
        match issuer {
            Some(issuer) => self.issuer(issuer),
            None => self.danger_accept_any_issuer(),
        }
    }

    /// An audience to answer to: `aud` has to name at least one. Call it again for another one.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.add(audience.into());
        self
    }

    /// Several of them at once.
    pub fn audiences<A: Into<String>>(self, audiences: impl IntoIterator<Item = A>) -> Self {
        audiences.into_iter().fold(self, Self::audience)
    }

    /// Gives up the check of `aud`. Tokens for any other service of the issuer are then accepted.
    pub fn danger_accept_any_audience(mut self) -> Self {
        self.audiences = Expected::Anything;
        self
    }

    /// Checks `aud` only if an audience is given.
    pub fn danger_optional_audience(self, audience: &Option<String>) -> Self {
        match audience {
            Some(audience) => self.audience(audience),
            None => self.danger_accept_any_audience(),
        }
    }

    /// The `typ` values to accept, instead of `JWT`, `at+jwt` and none at all.
    pub fn token_types(mut self, types: impl IntoIterator<Item = TokenType>) -> Self {
        self.token_types = types.into_iter().collect();
        self
    }

    /// A party that may present tokens: `azp` has to be there and be one of these.
    pub fn authorized_party(mut self, party: impl Into<String>) -> Self {
        self.authorized_parties.add(party.into());
        self
    }

    /// A claim that has to be there, besides `exp` and those that are compared.
    pub fn require(mut self, claim: impl Into<String>) -> Self {
        self.required.push(claim.into());
        self
    }

    /// A claim that has to be there and be one of these texts, such as `token_use` of Amazon Cognito.
    /// Whoever is asked twice about one claim has to satisfy both.
    pub fn expect<S: Into<String>>(
        mut self,
        claim: impl Into<String>,
        values: impl IntoIterator<Item = S>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.demands.expect(claim.into(), values);
        self
    }

    /// The same where values are configured; any will do where none are.
    pub fn expect_if_given<S: Into<String>>(
        self,
        claim: impl Into<String>,
        values: Option<impl IntoIterator<Item = S>>,
    ) -> Self {
        match values {
            Some(values) => self.expect(claim, values),
            None => self,
        }
    }

    /// A demand in code, for what [`VerifierBuilder::expect`] cannot say. It is asked last, of claims
    /// that are good in every other way, came from their holder, and speak the vendor's words; an
    /// error refuses the token.
    ///
    /// ```
    /// use auth_core::{AuthError, HmacSecret, Verifier};
    ///
    /// let secret = HmacSecret::parse("0f1e2d3c4b5a69788796a5b4c3d2e1f0")?;
    /// let builder = Verifier::hmac(&secret).check(|claims| match claims.get("act") {
    ///     None => Ok(()),
    ///     Some(_) => Err(AuthError::ClaimMismatch("act".into())),
    /// });
    /// # assert!(format!("{builder:?}").contains("checks: 1"));
    /// # Ok::<(), auth_core::config::ValueError>(())
    /// ```
    pub fn check(
        mut self,
        check: impl Fn(&Claims) -> Result<(), AuthError> + Send + Sync + 'static,
    ) -> Self {
        self.demands.add(Arc::new(check));
        self
    }

    /// A demand about keys that say whose tokens they sign, in a member `issuer`, as some do in a set
    /// that many tenants share. It is asked with that and with claims that are good; keys that say
    /// nothing are not asked about.
    pub fn check_key_issuer(
        mut self,
        check: impl Fn(&str, &Claims) -> Result<(), AuthError> + Send + Sync + 'static,
    ) -> Self {
        self.demands.ask_keys(Arc::new(check));
        self
    }

    /// Refuses tokens that do not name their key (`kid`), for vendors whose tokens always do.
    pub const fn require_key_id(mut self) -> Self {
        self.demands.require_key_id();
        self
    }

    /// Where the claims say what a user may do, for `has_role` and its like.
    pub fn vocabulary(mut self, vocabulary: Vocabulary) -> Self {
        self.demands.vocabulary = Some(Arc::new(vocabulary));
        self
    }

    /// A place where tokens are, instead of the `Authorization` header. Call it again for another
    /// one: where both hold a token, they have to hold the same.
    pub fn token_from(mut self, source: TokenSource) -> Self {
        self.demands.sources.push(source);
        self
    }

    /// How far clocks may disagree: at most 5 minutes, 5 seconds unless told otherwise.
    pub const fn leeway(mut self, leeway: Duration) -> Self {
        self.times.leeway = leeway;
        self
    }

    /// The most time since a token was issued, whatever its `exp` says: `iat` has to be there.
    pub const fn max_age(mut self, limit: Duration) -> Self {
        self.times.max_age = Some(limit);
        self
    }

    /// The most time from `iat` to `exp`, however fresh the token is: both have to be there. Keeps
    /// out tokens that somebody was given for ever.
    pub const fn max_lifetime(mut self, limit: Duration) -> Self {
        self.times.max_lifetime = Some(limit);
        self
    }

    /// The profile of RFC 9068 and nothing else: `typ` is `at+jwt`, and `sub`, `client_id`, `iat`
    /// and `jti` have to be there besides what is always asked. Keeps out id tokens for certain.
    pub fn access_token_profile(self) -> Self {
        ["sub", "client_id", "iat", "jti"]
            .into_iter()
            .fold(self.token_types([TokenType::AccessToken]), Self::require)
    }

    /// Finishes the verifier with an environment's network and clock.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn build_in(self, environment: &Environment) -> Result<Verifier, VerifierError> {
        let mut problems = Vec::new();
        let opened = self.source.open(self.algorithms.as_deref(), environment);
        let opened = opened.map_err(|found| problems.extend(found)).ok();
        problems.extend(self.times.problems());
        if self.token_types.is_empty() {
            problems.push("the list of token types is empty: no token could pass".to_owned());
        }
        problems.extend(self.issuers.problem("issuer"));
        problems.extend(self.audiences.problem("audience"));
        problems.extend(self.authorized_parties.problem("authorized_party"));
        problems.extend(self.demands.problems());
        if self.required.iter().any(|claim| claim.trim().is_empty()) {
            problems.push("the name of a required claim is blank".to_owned());
        }
        let confirmation = self.confirmation.open(self.times.leeway, &mut problems);
        let (Some((keys, algorithms)), Some(confirmation), true) =
            (opened, confirmation, problems.is_empty())
        else {
            return Err(VerifierError { problems });
        };
        let rules = Rules {
            algorithms,
            token_types: self.token_types,
            issuers: self.issuers,
            audiences: self.audiences,
            authorized_parties: self.authorized_parties,
            required: self.required,
            demands: self.demands,
            times: self.times,
            confirmation,
        };
        Ok(Verifier::new(keys, rules, Arc::clone(environment.clock())))
    }
}

impl VerifierError {
    /// Each problem, as a sentence without its first capital and without a full stop.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for VerifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problems.join("; "))
    }
}

impl std::error::Error for VerifierError {}
