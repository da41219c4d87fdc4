//! Nonces that the server makes (RFC 9449, sections 8 and 9): nothing in, a text that only this
//! server can have made out, and back again with the time it was made at.
//!
//! A nonce is the time and an HMAC of it, so none is stored. It keeps a client from making proofs
//! ahead of time. Next: `replay`.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::{hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::config::HmacSecret;

/// What is signed besides the time: the same secret may serve something else as well.
const PURPOSE: &[u8] = b"dpop-nonce\0";

/// How long a nonce may be good for.
const SHORTEST: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_hours(1);

/// Nonces in the making: how long they last, and whose key they are made with.
///
/// ```
/// use std::time::Duration;
/// use auth_core::proof::{Dpop, Nonces};
///
/// let nonces = Nonces::lasting(Duration::from_mins(5));
/// assert_eq!(format!("{nonces:?}"), "Nonces { lifetime: 300s, .. }");
/// let dpop = Dpop::required().origin("https://api.example.com").nonces(nonces);
/// # let _ = dpop;
/// ```
#[derive(Clone)]
pub struct Nonces {
    lifetime: Duration,
    secret: Option<HmacSecret>,
}

/// A nonce for a client to put into its next proof.
#[derive(Clone, PartialEq, Eq)]
pub struct Nonce(String);

/// Nonces, ready to be made.
pub(super) struct Mint {
    key: hmac::Key,
    lifetime: Duration,
}

impl Nonces {
    /// Nonces that are good for this long, 10 seconds to an hour, under a key that this process
    /// makes when it starts.
    pub const fn lasting(lifetime: Duration) -> Self {
        Self { lifetime, secret: None }
    }

    /// Makes them with this secret, so that several processes behind one address take each other's.
    pub fn shared(mut self, secret: &HmacSecret) -> Self {
        self.secret = Some(secret.clone());
        self
    }

    pub(super) fn open(&self) -> Result<Mint, String> {
        if !(SHORTEST..=LONGEST).contains(&self.lifetime) {
            return Err(format!(
                "the lifetime of nonces has to be {} s to {} s",
                SHORTEST.as_secs(),
                LONGEST.as_secs()
            ));
        }
        let mut own = [0; 32];
        let secret = if let Some(secret) = &self.secret {
            secret.bytes()
        } else {
            rand::fill(&mut own).map_err(|_| "this machine has no random numbers".to_owned())?;
            &own
        };
        Ok(Mint { key: hmac::Key::new(hmac::HMAC_SHA256, secret), lifetime: self.lifetime })
    }
}

impl Nonce {
    /// The text for the `DPoP-Nonce` header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Mint {
    /// A nonce made now.
    pub(super) fn make(&self, now: Duration) -> Nonce {
        let time = now.as_secs().to_be_bytes();
        let tag = hmac::sign(&self.key, &message(time));
        Nonce(URL_SAFE_NO_PAD.encode([&time, tag.as_ref()].concat()))
    }

    /// Whether this is a nonce of ours that has not expired.
    pub(super) fn accepts(&self, nonce: &str, now: Duration, leeway: Duration) -> bool {
        let Some(bytes) = URL_SAFE_NO_PAD.decode(nonce).ok() else { return false };
        let Some((time, tag)) = bytes.split_first_chunk::<8>() else { return false };
        let made = Duration::from_secs(u64::from_be_bytes(*time));
        hmac::verify(&self.key, &message(*time), tag).is_ok()
            && made <= now.saturating_add(leeway)
            && now < made.saturating_add(self.lifetime)
    }
}

fn message(time: [u8; 8]) -> Vec<u8> {
    [PURPOSE, &time].concat()
}

impl fmt::Debug for Nonces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nonces").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Debug for Mint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mint").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_hours(500_000);
    const SECOND: Duration = Duration::from_secs(1);
    const LIFETIME: Duration = Duration::from_mins(1);
    const LEEWAY: Duration = Duration::from_secs(5);

    fn mint() -> Mint {
        Nonces::lasting(LIFETIME).open().unwrap()
    }

    #[test]
    fn a_nonce_is_good_until_it_expires() {
        let mint = mint();
        let nonce = mint.make(NOW);
        let accepted = |now| mint.accepts(nonce.as_str(), now, LEEWAY);
        assert!(accepted(NOW) && !accepted(NOW + LIFETIME));
        let ahead = mint.make(NOW + LEEWAY);
        assert!(mint.accepts(ahead.as_str(), NOW, LEEWAY));
        assert!(mint.accepts(
            ahead.as_str(),
            NOW + LEEWAY + LIFETIME.saturating_sub(SECOND),
            LEEWAY
        ));
        assert!(!mint.accepts(mint.make(NOW + LEEWAY + SECOND).as_str(), NOW, LEEWAY));
    }

    #[test]
    fn a_nonce_of_another_key_or_with_a_byte_changed_is_none() {
        let [mint, other] = [mint(), mint()];
        assert!(!mint.accepts(other.make(NOW).as_str(), NOW, LEEWAY));
        let nonce = mint.make(NOW).0;
        for index in 0..nonce.len() {
            let mut changed = nonce.clone().into_bytes();
            changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
            assert!(!mint.accepts(&String::from_utf8(changed).unwrap(), NOW, LEEWAY), "{index}");
        }
        for junk in ["", "AAAA", "AAAAAAAAAAA", "not base64!"] {
            assert!(!mint.accepts(junk, NOW, LEEWAY), "{junk}");
        }
    }

    #[test]
    fn a_shared_secret_makes_nonces_that_others_take() {
        let secret = HmacSecret::parse("0f1e2d3c4b5a69788796a5b4c3d2e1f0-example").unwrap();
        let [one, other] =
            [0, 1].map(|_| Nonces::lasting(LIFETIME).shared(&secret).open().unwrap());
        assert!(one.accepts(other.make(NOW).as_str(), NOW, LEEWAY));
    }

    #[test]
    fn what_is_made_here_never_prints() {
        let nonce = mint().make(NOW);
        assert_eq!(format!("{nonce:?} {:?}", mint()), "[redacted] Mint { lifetime: 60s, .. }");
    }
}
