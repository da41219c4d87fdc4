//! What a verifier offers whose keys are fetched: how to say where they are, whether they are
//! there, and how they are doing.
//!
//! Read once, when a server starts, and by health endpoints; `newer_keys` on the walk. Next:
//! `jwks::remote`.

use std::sync::Arc;

use super::builder::VerifierBuilder;
use super::source::Source;
use super::verifier::{Keys, Verifier};
use crate::error::AuthError;
use crate::jwks::{KeySet, KeyStatus, WellKnown};

/// # Keys that are fetched
///
/// Nothing is fetched before the first token, unless [`Verifier::ready`] is awaited when the server
/// starts. [`Verifier::status`] is for health endpoints.
impl Verifier {
    /// Keys of the issuer of this name, found through its own description at
    /// `{issuer}/.well-known/openid-configuration` (OpenID Connect Discovery 1.0, section 4).
    /// Tokens have to come from this issuer, and are signed with RS256 unless
    /// [`VerifierBuilder::algorithms`] says otherwise.
    ///
    /// Of the description, `issuer` has to equal the name byte for byte, and `jwks_uri` is where
    /// the keys are: at any host with TLS, but not inside this network unless the issuer is. All
    /// else in it is ignored, so that it never widens what is accepted. It is kept for as long as
    /// it says, within 5 minutes and a day, and read again when keys are refreshed; while that
    /// fails the last one serves, for a day.
    ///
    /// ```
    /// use auth_core::{Environment, Verifier};
    ///
    /// let verifier = Verifier::discover("https://login.example/tenant")
    ///     .audience("https://api.example")
    ///     .build_in(&Environment::process())?;
    /// assert_eq!(verifier.issuers(), ["https://login.example/tenant"]);
    /// # Ok::<_, auth_core::jwt::VerifierError>(())
    /// ```
    pub fn discover(issuer: impl Into<String>) -> VerifierBuilder {
        discovered(issuer.into(), WellKnown::OpenId)
    }

    /// The same for an issuer that describes itself by RFC 8414, section 3: at
    /// `/.well-known/oauth-authorization-server`, before the issuer's path instead of after it.
    ///
    /// ```
    /// use auth_core::jwt::KeySource;
    /// use auth_core::{Environment, Verifier};
    ///
    /// let verifier = Verifier::discover_oauth("https://login.example/tenant")
    ///     .audience("https://api.example")
    ///     .build_in(&Environment::process())?;
    /// let KeySource::Discovered(document) = verifier.key_source() else { unreachable!() };
    /// assert_eq!(document.path(), "/.well-known/oauth-authorization-server/tenant");
    /// # Ok::<_, auth_core::jwt::VerifierError>(())
    /// ```
    pub fn discover_oauth(issuer: impl Into<String>) -> VerifierBuilder {
        discovered(issuer.into(), WellKnown::OAuth)
    }

    /// Waits until there are keys, fetching them if need be: awaited when a server starts, it makes
    /// a wrong address fail at once instead of with the first token. Keys that were given are
    /// always there.
    ///
    /// ```
    /// use auth_core::{Environment, HmacSecret, Verifier};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let secret = HmacSecret::parse("kD9rTnW3xQ7mZs5vBc1yHf8jLg4pAe6u").unwrap();
    /// let verifier = Verifier::hmac(&secret)
    ///     .issuer("https://issuer.example/")
    ///     .audience("https://api.example")
    ///     .build_in(&Environment::process())
    ///     .unwrap();
    /// assert_eq!(verifier.ready().await, Ok(()));
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`AuthError::KeysUnavailable`] with the reason. Nothing is lost: the next token tries again.
    pub async fn ready(&self) -> Result<(), AuthError> {
        match self.keys() {
            Keys::Local(..) => Ok(()),
            Keys::Remote(remote) => remote.current(None).await.map(drop),
        }
    }

    /// How the keys are doing now. Asks nobody and waits for nothing.
    pub fn status(&self) -> KeyStatus {
        match self.keys() {
            Keys::Local(keys, _) => KeyStatus::local(keys.count()),
            Keys::Remote(remote) => remote.status(),
        }
    }

    /// Newer keys than those that did not fit a token, or the refusal that stands. A token that
    /// names its key comes here only if the keys are named too, and then there are none.
    pub(super) async fn newer_keys(
        &self,
        asked: &Arc<KeySet>,
        refusal: AuthError,
    ) -> Result<Arc<KeySet>, AuthError> {
        match self.keys() {
            Keys::Local(..) => Err(refusal),
            Keys::Remote(remote) => remote.newer_than(asked).await?.ok_or(refusal),
        }
    }
}

fn discovered(issuer: String, form: WellKnown) -> VerifierBuilder {
    VerifierBuilder::new(Source::Discovered(issuer.clone(), form)).issuer(issuer)
}
