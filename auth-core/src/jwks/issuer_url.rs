//! An issuer's name in; the address at which it describes itself out.
//!
//! The name is compared byte for byte and never normalised. Two standards derive the address from
//! it, and they differ as soon as it has a path. Next: `discovery`.

use url::Url;

use super::address::{self, Flaw};

/// Which standard says where the document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WellKnown {
    /// Appended to the issuer (OpenID Connect Discovery 1.0, section 4).
    OpenId,
    /// Between the issuer's host and path (RFC 8414, section 3.1).
    OAuth,
}

/// An issuer that can describe itself.
#[derive(Debug)]
pub(super) struct IssuerUrl {
    /// As it was configured: what the document and every token have to say.
    pub(super) name: String,
    pub(super) url: Url,
    /// Where it describes itself.
    pub(super) document: Url,
}

impl IssuerUrl {
    pub(super) fn parse(name: &str, form: WellKnown) -> Result<Self, &'static str> {
        // A URL parser forgives spaces, tabs and backslashes; a comparison of bytes does not.
        if name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err("the issuer is no URL");
        }
        let url = address::parse(name).map_err(|flaw| match flaw {
            Flaw::NoUrl => "the issuer is no URL",
            Flaw::NotSecure => "the issuer has to begin with https://",
            Flaw::Userinfo => "the issuer holds a user name or password: remove it",
        })?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(
                "the issuer has a query or a fragment: no issuer has (RFC 8414, section 2)",
            );
        }
        let document = form.address(&url);
        Ok(Self { name: name.to_owned(), url, document })
    }
}

impl WellKnown {
    fn address(self, issuer: &Url) -> Url {
        let path = issuer.path();
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut document = issuer.clone();
        document.set_path(&match self {
            Self::OpenId => format!("{path}/.well-known/openid-configuration"),
            Self::OAuth => format!("/.well-known/oauth-authorization-server{path}"),
        });
        document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_standards_derive_two_addresses() {
        for (issuer, openid, oauth) in [
            ("https://a.example", "/.well-known/openid-configuration", ""),
            ("https://a.example/", "/.well-known/openid-configuration", ""),
            ("https://a.example/t/1", "/t/1/.well-known/openid-configuration", "/t/1"),
            ("https://a.example/t/1/", "/t/1/.well-known/openid-configuration", "/t/1"),
            ("https://a.example/t%2F1", "/t%2F1/.well-known/openid-configuration", "/t%2F1"),
        ] {
            let address = |form| IssuerUrl::parse(issuer, form).unwrap().document.to_string();
            assert_eq!(address(WellKnown::OpenId), format!("https://a.example{openid}"));
            let expected =
                format!("https://a.example/.well-known/oauth-authorization-server{oauth}");
            assert_eq!(address(WellKnown::OAuth), expected);
        }
    }
}
