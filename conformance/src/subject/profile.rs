//! What a subject promises, read from its verifier.

use auth_core::jwt::KeySource;
use auth_core::token::TokenSource;
use auth_core::{Algorithm, Verifier};
use url::Url;

/// Where an issuer that describes itself has its keys.
const KEYS_PATH: &str = "/discovered/keys.json";

/// What a subject promises; cases follow from it.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// The issuer that it compares with, if it does.
    pub issuer: Option<String>,
    /// The audience that it compares with, if it does.
    pub audience: Option<String>,
    /// The algorithm of good tokens; `None` when nothing is known.
    pub algorithm: Option<Algorithm>,
    /// Where its keys come from, if they are fetched.
    pub key_url: Option<(String, String)>,
    /// How they are published there.
    pub shape: KeyShape,
    /// Where its issuer describes itself, if that says where the keys are.
    pub discovery_url: Option<(String, String)>,
    /// Whether its tokens arrive in the `Authorization` header.
    pub is_bearer: bool,
    /// How far clocks may disagree, in seconds.
    pub leeway: u64,
}

/// How keys are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyShape {
    /// A JSON Web Key Set (RFC 7517, section 5).
    #[default]
    Set,
    /// A JSON object of key ids and certificates as PEM.
    Certificates,
}

impl Profile {
    /// What this verifier promises; nothing without one.
    pub fn of(verifier: Option<&Verifier>) -> Self {
        let Some(verifier) = verifier else { return Self::default() };
        let place =
            |url: &Url| (url.host_str().unwrap_or_default().to_owned(), url.path().to_owned());
        let (key_url, discovery_url) = match verifier.key_source() {
            KeySource::Remote(url) | KeySource::RemoteCertificates(url) => (Some(place(url)), None),
            // Where the keys are is for the issuer to say, and the harness is the issuer.
            KeySource::Discovered(url) => {
                let (host, path) = place(url);
                (Some((host.clone(), KEYS_PATH.to_owned())), Some((host, path)))
            }
            _ => (None, None),
        };
        let shape = match verifier.key_source() {
            KeySource::RemoteCertificates(_) => KeyShape::Certificates,
            _ => KeyShape::Set,
        };
        Self {
            issuer: verifier.issuers().first().cloned(),
            audience: verifier.audiences().first().cloned(),
            algorithm: verifier.algorithms().first().copied(),
            key_url,
            shape,
            discovery_url,
            is_bearer: verifier.token_sources().first() == Some(&TokenSource::Authorization),
            leeway: verifier.leeway().as_secs(),
        }
    }

    /// Whether good tokens can be made for it.
    pub const fn is_known(&self) -> bool {
        self.algorithm.is_some()
    }

    /// Whether it shares a secret with its issuer.
    pub fn is_symmetric(&self) -> bool {
        self.algorithm.is_some_and(Algorithm::is_symmetric)
    }
}
