//! What one vendor's tokens have to say besides what every vendor's do.
//!
//! In: claims whose signature, issuer, audience and times are good. Out: the first demand that they
//! do not meet. Made in `builder`; the values are asked by `rules`, the checks in code by `verifier`,
//! last of all. Next: step 8, `provider::authorize`.

use std::fmt;
use std::sync::Arc;

use super::claims::Claims;
use super::document::Claim;
use super::expected::Expected;
use super::vocabulary::Vocabulary;
use crate::error::AuthError;
use crate::token::TokenSource;

/// A demand in code, for what no list of values can say.
type Check = Arc<dyn Fn(&Claims) -> Result<(), AuthError> + Send + Sync>;

/// A demand about what a key says of its issuer.
type KeyIssuerCheck = Arc<dyn Fn(&str, &Claims) -> Result<(), AuthError> + Send + Sync>;

/// What one vendor asks besides, and how its tokens speak and travel.
#[derive(Clone, Default)]
pub(super) struct Demands {
    values: Vec<(String, Expected)>,
    checks: Vec<Check>,
    key_issuer: Option<KeyIssuerCheck>,
    key_id: KeyId,
    pub(super) vocabulary: Option<Arc<Vocabulary>>,
    /// None means the `Authorization` header.
    pub(super) sources: Vec<TokenSource>,
}

/// Whether a token may leave open which key signed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum KeyId {
    #[default]
    Optional,
    Required,
}

impl Demands {
    pub(super) fn expect(&mut self, claim: String, values: Vec<String>) {
        self.values.push((claim, Expected::OneOf(values)));
    }

    pub(super) fn add(&mut self, check: Check) {
        self.checks.push(check);
    }

    pub(super) fn ask_keys(&mut self, check: KeyIssuerCheck) {
        self.key_issuer = Some(check);
    }

    pub(super) const fn require_key_id(&mut self) {
        self.key_id = KeyId::Required;
    }

    pub(super) fn needs_key_id(&self) -> bool {
        self.key_id == KeyId::Required
    }

    /// What is wrong with the demands themselves.
    pub(super) fn problems(&self) -> Vec<String> {
        let flaw = |(claim, expected): &(String, Expected)| {
            let values = expected.values();
            if claim.trim().is_empty() {
                return Some("the name of an expected claim is blank".to_owned());
            }
            let is_blank = values.iter().any(|value| value.trim().is_empty());
            let is_idle = values.is_empty() || is_blank;
            is_idle
                .then(|| format!("the values expected of `{claim}` are missing, or one is blank"))
        };
        let sources = self.sources.iter().filter_map(TokenSource::problem);
        self.values.iter().filter_map(flaw).chain(sources).collect()
    }

    /// Whether each claim has one of its values.
    pub(super) fn compare(&self, claims: &Claims) -> Result<(), AuthError> {
        for (name, expected) in &self.values {
            let mismatch = || AuthError::ClaimMismatch(name.clone().into());
            match claims.look(name) {
                None => return Err(AuthError::ClaimMissing(name.clone().into())),
                Some(Claim::Text(value)) if expected.admits(value) => {}
                Some(_) => return Err(mismatch()),
            }
        }
        Ok(())
    }

    /// What the checks in code say.
    /// Whether the claims meet them, signed with a key that says, or not, whose tokens it signs.
    pub(super) fn check(&self, claims: &Claims, key_issuer: Option<&str>) -> Result<(), AuthError> {
        if let (Some(check), Some(issuer)) = (&self.key_issuer, key_issuer) {
            check(issuer, claims)?;
        }
        self.checks.iter().try_for_each(|check| check(claims))
    }

    /// The claims, read with the vendor's words.
    pub(super) fn speak(&self, claims: Claims) -> Claims {
        match &self.vocabulary {
            Some(vocabulary) => claims.speaking(vocabulary),
            None => claims,
        }
    }
}

impl fmt::Debug for Demands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Demands")
            .field("values", &self.values)
            .field("checks", &self.checks.len())
            .field("key_id", &self.key_id)
            .field("sources", &self.sources)
            .finish_non_exhaustive()
    }
}
