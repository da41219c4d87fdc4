//! Steps 5 to 7 in one function: keys and rules, built once, asked for every token.
//!
//! In: a [`Token`]. Out: [`Claims`], or the first reason to refuse. Everything that can be refused
//! without a key is refused before one is looked for, so junk costs no network. Next: `compact`,
//! or `jwks` for the key.

use std::fmt;
use std::sync::Arc;

use url::Url;

use super::algorithm::Algorithm;
use super::builder::VerifierBuilder;
use super::claims::Claims;
use super::compact::Compact;
use super::header::Header;
use super::rules::Rules;
use super::source::Source;
use crate::clock::Clock;
use crate::config::HmacSecret;
use crate::error::AuthError;
use crate::jwks::{KeySet, RemoteKeys};
use crate::token::Token;

/// Verifies JSON Web Tokens (RFC 7519) against one issuer's keys.
///
/// Cheap to share behind the provider that owns it. Clones share the same key cache.
#[derive(Clone)]
pub struct Verifier {
    keys: Keys,
    rules: Arc<Rules>,
    clock: Arc<dyn Clock>,
}

#[derive(Clone)]
pub(super) enum Keys {
    Local(Arc<KeySet>, KeySource<'static>),
    Remote(RemoteKeys),
}

/// Where a verifier's keys come from.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeySource<'a> {
    /// A secret that issuer and verifier share.
    SharedSecret,
    /// Public keys given when the server started.
    PublicKey,
    /// A JSON Web Key Set at this address (RFC 7517).
    Remote(&'a Url),
}

impl Verifier {
    /// Keys from a JSON Web Key Set at an `https` address. Tokens are signed with RS256 unless
    /// [`VerifierBuilder::algorithms`] says otherwise.
    ///
    /// Fetching takes a tokio runtime with its timer. A new key is noticed by its `kid`; an issuer
    /// that names no keys is asked again when its set's lifetime (at most an hour) is nearly over.
    pub fn remote(url: impl Into<String>) -> VerifierBuilder {
        VerifierBuilder::new(Source::Remote(url.into()))
    }

    /// A shared secret. Tokens are signed with HS256 unless [`VerifierBuilder::algorithms`] says
    /// otherwise.
    pub fn hmac(secret: &HmacSecret) -> VerifierBuilder {
        VerifierBuilder::new(Source::Hmac(secret.clone()))
    }

    /// A public key as PEM text (`BEGIN PUBLIC KEY`); the key says which algorithm.
    pub fn pem(text: impl Into<String>) -> VerifierBuilder {
        VerifierBuilder::new(Source::Pem(text.into()))
    }

    pub(super) fn new(keys: Keys, rules: Rules, clock: Arc<dyn Clock>) -> Self {
        Self { keys, rules: Arc::new(rules), clock }
    }

    /// Verifies a token: its form, its signature, its claims.
    ///
    /// # Errors
    ///
    /// The first reason to refuse it; [`AuthError::KeysUnavailable`] when nobody could find out.
    pub async fn verify(&self, token: &Token<'_>) -> Result<Claims, AuthError> {
        let compact = Compact::split(token.expose())?;
        let header = compact.header()?;
        let header = Header::parse(&header)?;
        let algorithm = self.rules.admit(&header)?;
        let (payload, signature) = (compact.payload()?, compact.signature()?);
        let keys = self.keys_for(&header).await?;
        keys.verify(&header, algorithm, compact.signing_input(), &signature)?;
        let claims = Claims::parse(&payload)?;
        self.rules.check(&claims, self.clock.unix())?;
        Ok(claims)
    }

    async fn keys_for(&self, header: &Header<'_>) -> Result<Arc<KeySet>, AuthError> {
        match &self.keys {
            Keys::Local(keys, _) => Ok(Arc::clone(keys)),
            Keys::Remote(remote) => remote.current(header.key_id()).await,
        }
    }

    /// Where the keys come from.
    pub fn key_source(&self) -> KeySource<'_> {
        match &self.keys {
            Keys::Local(_, source) => *source,
            Keys::Remote(remote) => KeySource::Remote(remote.url()),
        }
    }

    /// The algorithms that are accepted.
    pub fn algorithms(&self) -> &[Algorithm] {
        &self.rules.algorithms
    }

    /// The issuers that are trusted; empty when the check was given up.
    pub fn issuers(&self) -> &[String] {
        self.rules.issuers.values()
    }

    /// The audiences that are answered to; empty when the check was given up.
    pub fn audiences(&self) -> &[String] {
        self.rules.audiences.values()
    }

    /// How far clocks may disagree.
    pub fn leeway(&self) -> std::time::Duration {
        self.rules.leeway
    }
}

/// Host and path only: a query may hold a secret.
impl fmt::Debug for KeySource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SharedSecret => f.write_str("SharedSecret"),
            Self::PublicKey => f.write_str("PublicKey"),
            Self::Remote(url) => {
                write!(f, "Remote({}{})", url.host_str().unwrap_or_default(), url.path())
            }
        }
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("keys", &self.key_source())
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}
