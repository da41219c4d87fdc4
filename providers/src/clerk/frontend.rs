//! Whose tokens they are, and which keys they are signed with: options in, an issuer and an
//! unfinished verifier out. Read once, when a server starts. Next: `category`.

use auth_core::jwt::VerifierBuilder;
use auth_core::{Domain, Verifier};

use super::publishable_key::{ClerkPublishableKey, Stage};

/// The host that serves keys only to whoever shows the secret key.
const BACKEND: &str = "https://api.clerk.com/";

/// The issuer of the instance's tokens: the host of its publishable key, unless exactly one option
/// says otherwise.
pub(super) fn issuer(
    key: &ClerkPublishableKey,
    issuer: Option<&String>,
    domain: Option<&Domain>,
    proxy_url: Option<&String>,
) -> Result<String, String> {
    match (issuer, domain, proxy_url) {
        (None, None, None) => Ok(format!("https://{}", key.host())),
        (Some(issuer), None, None) => address("issuer", issuer),
        (None, None, Some(proxy)) => address("proxy_url", proxy),
        (None, Some(_), None) if key.stage() == Stage::Development => Err(
            "a development instance (pk_test_) has no satellite domains: remove `domain`, or use \
             the key of the production instance"
                .to_owned(),
        ),
        (None, Some(domain), None) => Ok(format!("https://clerk.{domain}")),
        _ => Err("`issuer`, `domain` and `proxy_url` contradict each other: keep one".to_owned()),
    }
}

/// Compared byte for byte with `iss`, which has no slash at its end.
fn address(option: &str, text: &str) -> Result<String, String> {
    let is_plain = !text.contains(['?', '#', '@', ' ']) && !text.ends_with('/');
    let has_host = text.strip_prefix("https://").is_some_and(|rest| !rest.is_empty());
    if is_plain && has_host {
        return Ok(text.to_owned());
    }
    Err(format!(
        "`{option}` has to be an address such as https://acme.example/__clerk: https, no slash at \
         its end, no query"
    ))
}

/// Keys of the PEM that was given, which takes no network, or those that the issuer publishes.
pub(super) fn keys(
    issuer: &str,
    jwks_uri: Option<&String>,
    jwt_key: Option<&String>,
) -> Result<VerifierBuilder, String> {
    match (jwks_uri, jwt_key) {
        (Some(_), Some(_)) => {
            Err("`jwks_uri` and `jwt_key` contradict each other: keep one".to_owned())
        }
        // Variables often hold line breaks as two characters.
        (None, Some(pem)) => Ok(Verifier::pem(pem.replace("\\n", "\n"))),
        (Some(uri), None) if uri.starts_with(BACKEND) => Err(format!(
            "`jwks_uri` leads to the backend API, which asks for the secret key: leave it out, and \
             the keys come from {issuer}/.well-known/jwks.json"
        )),
        (Some(uri), None) => Ok(Verifier::remote(uri)),
        (None, None) => Ok(Verifier::remote(format!("{issuer}/.well-known/jwks.json"))),
    }
}

/// The verifier, told which parties may present tokens.
pub(super) fn parties(
    verifier: VerifierBuilder,
    parties: Option<&Vec<String>>,
    missing: Missing,
) -> Result<VerifierBuilder, String> {
    let Some(parties) = parties else { return Ok(verifier) };
    if parties.is_empty() {
        return Err("`authorized_parties` is empty: no token could pass".to_owned());
    }
    if let Some(party) = parties.iter().find(|party| !is_origin(party)) {
        return Err(format!(
            "`authorized_parties` holds {party:?}: an origin is written like \
             https://app.acme.example, without a path and without a slash at its end"
        ));
    }
    Ok(match missing {
        Missing::Refused => parties.iter().fold(verifier, VerifierBuilder::authorized_party),
        Missing::Accepted => {
            let parties = parties.clone();
            verifier.check(move |claims| match claims.get("azp") {
                None => Ok(()),
                Some(azp) if parties.iter().any(|party| azp == party) => Ok(()),
                Some(_) => Err(auth_core::AuthError::AuthorizedPartyMismatch),
            })
        }
    })
}

/// What becomes of a token that names no party, as those of native applications do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    Refused,
    Accepted,
}

impl From<bool> for Missing {
    fn from(is_accepted: bool) -> Self {
        if is_accepted { Self::Accepted } else { Self::Refused }
    }
}

/// `scheme://host` or `scheme://host:port` (RFC 6454, section 6.2).
fn is_origin(party: &str) -> bool {
    party.split_once("://").is_some_and(|(scheme, host)| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        let is_end = |text: &str| !text.is_empty() && !text.contains(['/', '?', '#', '@', ' ']);
        !scheme.is_empty() && scheme.bytes().all(is_plain) && is_end(host)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(stage: &str) -> ClerkPublishableKey {
        let text = format!("pk_{stage}_Y2xlcmsuYWNtZS5leGFtcGxlJA");
        ClerkPublishableKey::parse(&text).unwrap()
    }

    #[test]
    fn the_issuer_is_the_host_of_the_key_unless_one_option_says_otherwise() {
        let (live, text) = (key("live"), |text: &str| text.to_owned());
        assert_eq!(issuer(&live, None, None, None).unwrap(), "https://clerk.acme.example");
        let satellite = Domain::parse("shop.example").unwrap();
        let of_satellite = issuer(&live, None, Some(&satellite), None).unwrap();
        assert_eq!(of_satellite, "https://clerk.shop.example");
        let proxy = text("https://acme.example/__clerk");
        assert_eq!(issuer(&live, None, None, Some(&proxy)).unwrap(), proxy);
        assert_eq!(issuer(&live, Some(&proxy), None, None).unwrap(), proxy);
    }

    #[test]
    fn two_options_and_a_satellite_of_a_development_instance_are_mistakes() {
        let (proxy, satellite) = ("https://a.example".to_owned(), Domain::parse("b.example"));
        let satellite = satellite.unwrap();
        let both = issuer(&key("live"), None, Some(&satellite), Some(&proxy)).unwrap_err();
        assert!(both.contains("keep one"), "{both}");
        let development = issuer(&key("test"), None, Some(&satellite), None).unwrap_err();
        assert!(development.contains("pk_test_"), "{development}");
    }

    #[test]
    fn an_issuer_that_no_token_could_name_is_a_mistake() {
        for text in ["http://a.example", "https://a.example/", "https://", "a.example"] {
            let refused = issuer(&key("live"), Some(&text.to_owned()), None, None);
            assert!(refused.unwrap_err().contains("`issuer` has to be"), "{text}");
        }
    }

    #[test]
    fn an_origin_has_no_path() {
        for party in ["https://app.example", "http://localhost:3000", "chrome-extension://abc"] {
            assert!(is_origin(party), "{party}");
        }
        for party in ["app.example", "https://app.example/", "https://", "://a", "https://a@b"] {
            assert!(!is_origin(party), "{party}");
        }
    }
}
