//! Where an issuer may be asked: over TLS, or on this very machine, and without a password.
//!
//! In: a configured text, or what a discovery document says. Out: a URL that may be asked, or the
//! flaw. The text is never quoted: it may hold a secret.

use url::{Host, Url};

/// Why an address cannot be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    NoUrl,
    NotSecure,
    Userinfo,
}

/// `https`, or plain `http` to this very machine, without user name and password.
pub(crate) fn parse(text: &str) -> Result<Url, Flaw> {
    let url = Url::parse(text).map_err(|_| Flaw::NoUrl)?;
    let is_secure = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    if !is_secure || url.host().is_none() {
        return Err(Flaw::NotSecure);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Flaw::Userinfo);
    }
    Ok(url)
}

/// The configured address of a key set.
pub(super) fn key_set(text: &str) -> Result<Url, &'static str> {
    parse(text).map_err(|flaw| match flaw {
        Flaw::NoUrl => "the key set's address is no URL",
        Flaw::NotSecure => "the key set's address has to begin with https://",
        Flaw::Userinfo => "the key set's address holds a user name or password: remove it",
    })
}

/// Whether it leads to this machine whatever a name server says.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether it is written in numbers, or names this machine: addresses that no public issuer has,
/// and that services which trust their neighbours do.
pub(super) fn is_internal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => true,
    }
}
