//! Where the issuer is asked: an address, or an issuer that names it, in; what `endpoint` asks out.
//!
//! Read once, when a server starts. Next: `endpoint`.

use url::Url;

use crate::jwks::{Flaw, NamedAddress, parse_address};

/// Where the issuer is asked, as it was chosen.
#[derive(Clone)]
pub(super) enum Place {
    /// At this address.
    At(String),
    /// Where the issuer of this name says (RFC 8414, section 2).
    NamedBy(String),
}

/// The same, ready to be asked.
#[derive(Debug)]
pub(super) struct Opened {
    /// The endpoint's address, or that of the document that names it.
    pub(super) url: Url,
    pub(super) named: Option<NamedAddress>,
}

impl Place {
    pub(super) fn open(&self) -> Result<Opened, &'static str> {
        match self {
            Self::At(text) => Ok(Opened { url: address(text)?, named: None }),
            Self::NamedBy(issuer) => {
                let named = NamedAddress::introspection(issuer)?;
                Ok(Opened { url: named.document().clone(), named: Some(named) })
            }
        }
    }
}

fn address(text: &str) -> Result<Url, &'static str> {
    parse_address(text).map_err(|flaw| match flaw {
        Flaw::NoUrl => "the introspection endpoint's address is no URL",
        Flaw::NotSecure => "the introspection endpoint's address has to begin with https://",
        Flaw::Userinfo => {
            "the introspection endpoint's address holds a user name or password: call \
             `.client(..)` instead"
        }
    })
}
