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
use super::header::{Header, TokenType};
use super::rules::Rules;
use super::source::Source;
use crate::clock::Clock;
use crate::error::AuthError;
use crate::jwks::{KeyFormat, KeySet, RemoteKeys};
use crate::request::Request;
use crate::token::{Scheme, Token, TokenSource};

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
    /// A JSON object of key ids and certificates at this address.
    RemoteCertificates(&'a Url),
    /// A JSON Web Key Set at the address that the document at this address names (OpenID Connect
    /// Discovery 1.0, or RFC 8414).
    Discovered(&'a Url),
}

impl Verifier {
    /// Keys from a JSON Web Key Set at an `https` address. Tokens are signed with RS256 unless
    /// [`VerifierBuilder::algorithms`] says otherwise.
    ///
    /// Fetching takes a tokio runtime with its timer. A new key is noticed by its `kid`, or, at an
    /// issuer that names none of its keys, by a signature that fits none of them; either way the
    /// issuer is asked at most once in 30 seconds.
    pub fn remote(url: impl Into<String>) -> VerifierBuilder {
        VerifierBuilder::new(Source::Remote(url.into(), KeyFormat::JwkSet))
    }

    /// Keys from a JSON object of key ids and X.509 certificates, `{"kid": "-----BEGIN ..."}`, at
    /// an `https` address; otherwise as [`Verifier::remote`].
    ///
    /// A certificate is taken for its key and its dates, as with [`Verifier::certificates`]: once
    /// it has expired its tokens are refused, whether or not the issuer still serves it.
    ///
    /// ```
    /// use auth_core::jwt::KeySource;
    /// use auth_core::{Environment, Verifier};
    ///
    /// let verifier = Verifier::remote_certificates("https://issuer.example/certificates")
    ///     .issuer("https://issuer.example/")
    ///     .audience("https://api.example")
    ///     .build_in(&Environment::process())?;
    /// assert!(matches!(verifier.key_source(), KeySource::RemoteCertificates(_)));
    /// # Ok::<_, auth_core::jwt::VerifierError>(())
    /// ```
    pub fn remote_certificates(url: impl Into<String>) -> VerifierBuilder {
        VerifierBuilder::new(Source::Remote(url.into(), KeyFormat::CertificateMap))
    }

    pub(super) fn new(keys: Keys, rules: Rules, clock: Arc<dyn Clock>) -> Self {
        Self { keys, rules: Arc::new(rules), clock }
    }

    /// Verifies a token and whether it came from its holder: its form, its signature, its claims,
    /// and, if it is bound to a key or a certificate, the proof that the request brings.
    ///
    /// # Errors
    ///
    /// The first reason to refuse it; [`AuthError::KeysUnavailable`] when nobody could find out.
    pub async fn verify_request(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<Claims, AuthError> {
        self.verify_with(token, Some(request)).await
    }

    /// Verifies a token alone. One that is bound to its holder is refused, for there is nothing to
    /// show it by: see [`Verifier::verify_request`].
    ///
    /// # Errors
    ///
    /// The first reason to refuse it; [`AuthError::KeysUnavailable`] when nobody could find out.
    pub async fn verify(&self, token: &Token<'_>) -> Result<Claims, AuthError> {
        self.verify_with(token, None).await
    }

    async fn verify_with(
        &self,
        token: &Token<'_>,
        request: Option<&Request<'_>>,
    ) -> Result<Claims, AuthError> {
        let presented = self.rules.confirmation.read(token, request)?;
        let compact = Compact::split(token.expose())?;
        let header = compact.header()?;
        let header = Header::parse(&header)?;
        let algorithm = self.rules.admit(&header)?;
        let (payload, signature) = (compact.payload()?, compact.signature()?);
        let keys = self.keys_for(&header).await?;
        let now = self.clock.unix();
        let message = compact.signing_input();
        let signed = |keys: &KeySet| keys.verify(&header, algorithm, now, message, &signature);
        let key_issuer = match signed(&keys) {
            Ok(key_issuer) => key_issuer,
            Err(refusal) => signed(&*self.newer_keys(&keys, refusal).await?)?,
        };
        let claims = self.rules.demands.speak(Claims::parse(payload)?);
        self.rules.check(&claims, now)?;
        self.rules.confirmation.check(&claims, &presented, now)?;
        self.rules.demands.check(&claims, key_issuer.as_deref())?;
        Ok(claims)
    }

    async fn keys_for(&self, header: &Header<'_>) -> Result<Arc<KeySet>, AuthError> {
        match &self.keys {
            Keys::Local(keys, _) => Ok(Arc::clone(keys)),
            Keys::Remote(remote) => remote.current(header.key_id()).await,
        }
    }

    pub(super) const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Where the keys come from.
    pub fn key_source(&self) -> KeySource<'_> {
        match &self.keys {
            Keys::Local(_, source) => *source,
            Keys::Remote(remote) if remote.is_discovered() => KeySource::Discovered(remote.url()),
            Keys::Remote(remote) => match remote.format() {
                KeyFormat::JwkSet => KeySource::Remote(remote.url()),
                KeyFormat::CertificateMap => KeySource::RemoteCertificates(remote.url()),
            },
        }
    }

    /// The algorithms that are accepted.
    pub fn algorithms(&self) -> &[Algorithm] {
        &self.rules.algorithms
    }

    /// The `typ` values that are accepted.
    pub fn token_types(&self) -> &[TokenType] {
        &self.rules.token_types
    }

    /// The issuers that are trusted; empty when the check was given up.
    pub fn issuers(&self) -> &[String] {
        self.rules.issuers.values()
    }

    /// The audiences that are answered to; empty when the check was given up.
    pub fn audiences(&self) -> &[String] {
        self.rules.audiences.values()
    }

    /// The schemes of `Authorization` that tokens may come with, the one to prefer first.
    pub fn schemes(&self) -> &'static [Scheme] {
        self.rules.confirmation.schemes()
    }

    /// The algorithms that proofs of possession may be signed with; none unless
    /// [`VerifierBuilder::dpop`] says that there are proofs.
    pub fn proof_algorithms(&self) -> &[Algorithm] {
        self.rules.confirmation.algorithms()
    }

    /// Where tokens come from.
    pub fn token_sources(&self) -> &[TokenSource] {
        match &*self.rules.demands.sources {
            [] => &[TokenSource::Authorization],
            sources => sources,
        }
    }

    /// How far clocks may disagree.
    pub fn leeway(&self) -> std::time::Duration {
        self.rules.times.leeway
    }
}

/// Host and path only: a query may hold a secret.
impl fmt::Debug for KeySource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SharedSecret => f.write_str("SharedSecret"),
            Self::PublicKey => f.write_str("PublicKey"),
            Self::Remote(url) => write_address(f, "Remote", url),
            Self::RemoteCertificates(url) => write_address(f, "RemoteCertificates", url),
            Self::Discovered(url) => write_address(f, "Discovered", url),
        }
    }
}

fn write_address(f: &mut fmt::Formatter<'_>, what: &str, url: &Url) -> fmt::Result {
    write!(f, "{what}({}{})", url.host_str().unwrap_or_default(), url.path())
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("keys", &self.key_source())
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}
