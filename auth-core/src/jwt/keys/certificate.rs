//! An X.509 certificate in, its key and the time in which it holds out (RFC 5280, section 4.1).
//!
//! A certificate is taken for what it holds: a public key, and dates that narrow its use. Who
//! signed it is not asked and no chain is built: the certificate is trusted because the operator
//! gave it, or because the issuer's own address served it. A revocation is such an issuer no
//! longer serving it.
//!
//! An issuer that dates its key has said until when it answers for it: past that date, and before
//! the first, its signatures are refused like anybody's. Next: `der`.

use std::time::Duration;

use x509_cert::Certificate;
use x509_cert::der::referenced::OwnedToRef as _;
use x509_cert::der::{DateTime, Decode as _};
use x509_cert::ext::pkix::KeyUsage;

use super::der;
use super::public_key::{KeyProblem, PublicKey};

/// The first and the last second in which a key may be used, both included, since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Validity {
    first: Duration,
    last: Duration,
}

/// The key of a certificate in DER, and when it holds.
pub(super) fn read(der: &[u8]) -> Result<(PublicKey, Validity), KeyProblem> {
    let certificate =
        Certificate::from_der(der).map_err(|_| "the certificate is no X.509 certificate in DER")?;
    let content = certificate.tbs_certificate();
    let usage = content.get_extension::<KeyUsage>();
    let usage = usage.map_err(|_| "the certificate's key usage cannot be read")?;
    // Without the extension the key is for everything (RFC 5280, section 4.2.1.3).
    if usage.is_some_and(|(_, usage)| !usage.digital_signature()) {
        return Err("the certificate's key is not for signatures (its key usage says so)");
    }
    let key = der::from_info(&content.subject_public_key_info().owned_to_ref())?;
    let dates = content.validity();
    let validity = Validity {
        first: dates.not_before.to_unix_duration(),
        last: dates.not_after.to_unix_duration(),
    };
    Ok((key, validity))
}

/// Whether this is a certificate at all, of whatever key.
pub(super) fn is_certificate(der: &[u8]) -> bool {
    Certificate::from_der(der).is_ok()
}

impl Validity {
    /// Whether the key may be used at a time since 1970.
    pub(crate) const fn contains(&self, now: Duration) -> bool {
        self.first.as_secs() <= now.as_secs() && now.as_secs() <= self.last.as_secs()
    }

    /// What is wrong at a time since 1970.
    pub(super) fn problem(&self, now: Duration) -> Option<String> {
        if self.contains(now) {
            None
        } else if now < self.first {
            Some(format!("the certificate is not valid before {}", date(self.first)))
        } else {
            Some(format!("the certificate expired on {}", date(self.last)))
        }
    }
}

/// A time since 1970 as text (RFC 3339).
fn date(unix: Duration) -> String {
    DateTime::from_unix_duration(unix)
        .map_or_else(|_| "another day".to_owned(), |date| date.to_string())
}
