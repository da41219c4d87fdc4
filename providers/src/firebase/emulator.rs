//! The Firebase emulator's unsigned tokens: one in, the same under a seal of this process out.
//!
//! The emulator signs nothing (`alg` is `none`), and the core accepts nothing that is not signed. So
//! a token of the emulator's is sealed with a secret that was made when the server started and never
//! leaves it, and is then checked as every other token is. Anybody can write such a token: that is
//! what makes it a danger. See <https://firebase.google.com/docs/emulator-suite/connect_auth>.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use auth_core::config::{FromEnv, ValueError};
use auth_core::jwt::VerifierBuilder;
use auth_core::{AuthError, HmacSecret, Token, Verifier};
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use zeroize::Zeroizing;

/// The header under which a token is sealed: `{"alg":"HS256","typ":"JWT"}`.
const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

/// Where an emulator listens on this very machine, such as `127.0.0.1:9099`.
///
/// ```
/// use auth_providers::EmulatorHost;
///
/// assert!(EmulatorHost::parse("127.0.0.1:9099").is_ok());
/// assert!(EmulatorHost::parse("https://auth.acme.example").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmulatorHost(String);

impl EmulatorHost {
    /// Reads host and port; the host is a loopback address.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (host, port) = text.rsplit_once(':').unwrap_or_default();
        let v6 = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let is_here = host == "localhost"
            || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
            || v6.is_some_and(|host| host.parse().is_ok_and(|v6: Ipv6Addr| v6.is_loopback()));
        if is_here && port.parse::<u16>().is_ok_and(|port| port > 0) {
            return Ok(Self(text.to_owned()));
        }
        let expected = "an emulator on this machine, host and port without a scheme, such as \
                        127.0.0.1:9099";
        Err(ValueError::new(expected).found(text))
    }
}

/// An emulator whose tokens are accepted.
pub(super) struct Emulator {
    host: EmulatorHost,
    secret: Zeroizing<[u8; 32]>,
}

impl Emulator {
    /// Says in the log, loudly, what this means.
    pub(super) fn new(host: &EmulatorHost) -> Result<Self, &'static str> {
        let mut secret = Zeroizing::new([0; 32]);
        rand::fill(&mut *secret).map_err(|_| "no random bytes could be had")?;
        tracing::error!(
            target: "auth_providers::firebase",
            "danger_emulator is on: unsigned tokens are accepted, and anybody can write one; never \
             run a server that others can reach like this"
        );
        Ok(Self { host: host.clone(), secret })
    }

    /// What sealed tokens are verified with.
    pub(super) fn keys(&self) -> VerifierBuilder {
        let secret = HmacSecret::from_bytes(&*self.secret);
        Verifier::hmac(&secret.expect("32 random bytes are a secret"))
    }

    /// Where the emulator plays Google's interface.
    pub(super) fn identity_toolkit(&self) -> String {
        format!("http://{}/identitytoolkit.googleapis.com/v1", self.host.0)
    }

    /// Seals an unsigned token.
    ///
    /// # Errors
    ///
    /// When it is signed, or no token: a signed one is none of an emulator's.
    pub(super) fn seal(&self, token: &Token<'_>) -> Result<Zeroizing<String>, AuthError> {
        let malformed = AuthError::TokenMalformed("it is not an unsigned token of an emulator");
        let mut parts = token.expose().split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed);
        };
        let header = URL_SAFE_NO_PAD.decode(header).ok();
        let header: Option<Value> = header.and_then(|json| serde_json::from_slice(&json).ok());
        if header.is_none_or(|header| header.get("alg").is_none_or(|alg| alg != "none")) {
            return Err(AuthError::AlgorithmNotAllowed);
        }
        if !signature.is_empty() {
            return Err(malformed);
        }
        let message = format!("{HEADER}.{payload}");
        let tag = hmac::sign(&hmac::Key::new(HMAC_SHA256, &*self.secret), message.as_bytes());
        Ok(Zeroizing::new(format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))))
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Emulator({})", self.host.0)
    }
}

impl FromEnv for EmulatorHost {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for EmulatorHost {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for EmulatorHost {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Self::parse(&text)
    }
}
