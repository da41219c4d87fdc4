//! Tokens signed with keys whose public halves were given by hand.
//!
//! In: a token. Out: its claims. Checked: the signature with one of the keys, issuer, audience,
//! `exp`. Nothing is fetched, so a key is replaced by starting the server anew.

use auth_core::config::{FromEnv, Kind, OneOrMore, ValueError};
use auth_core::jwt::VerifierBuilder;
use auth_core::{Algorithm, AuthProvider, Verifier};

/// Accepts tokens signed with keys whose public halves were given by hand.
///
/// A harness cannot make tokens for keys that it does not have, so it does not register.
#[derive(AuthProvider)]
#[auth(name = "jwt-keys", register = false)]
pub struct JwtKeys {
    /// Public keys: PEM, a JSON Web Key Set, or the path of a file with one.
    #[auth(env = "JWT_AUTH_PUBLIC_KEYS")]
    keys: PublicKeys,

    /// Algorithms to accept; each key's own when absent.
    #[auth(env = "JWT_AUTH_ALGORITHMS")]
    algorithms: Option<Vec<Algorithm>>,

    /// Issuer that the token's `iss` must equal, or several of which it must equal one.
    #[auth(env = "JWT_AUTH_ISSUER")]
    issuer: OneOrMore<String>,

    /// Audience that the token's `aud` must contain, or several of which it must contain one.
    #[auth(env = "JWT_AUTH_AUDIENCE")]
    audience: OneOrMore<String>,

    #[auth(verify = keys.open(algorithms.as_deref()).issuers(issuer).audiences(audience))]
    verifier: Verifier,
}

/// Public keys in one of their forms, told apart by how they begin: `-----BEGIN`, `{`, or neither.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKeys {
    /// `PUBLIC KEY`, `RSA PUBLIC KEY` or `CERTIFICATE` blocks (RFC 7468).
    Pem(String),
    /// A JSON Web Key Set (RFC 7517, section 5).
    Jwks(String),
    /// The path of a file that holds one.
    JwksFile(String),
}

impl PublicKeys {
    /// A verifier in the making. Whatever is wrong with the keys is found when it is built.
    fn open(&self, algorithms: Option<&[Algorithm]>) -> VerifierBuilder {
        let verifier = match self {
            Self::Pem(text) => Verifier::pem(text),
            Self::Jwks(json) => Verifier::jwks(json),
            Self::JwksFile(path) => Verifier::jwks_file(path),
        };
        match algorithms {
            Some(algorithms) => verifier.algorithms(algorithms.iter().copied()),
            None => verifier,
        }
    }
}

/// Line breaks may be written as `\n`, as a PEM text mostly has to be in a variable.
impl From<&str> for PublicKeys {
    fn from(text: &str) -> Self {
        let text = text.trim();
        if text.starts_with("-----BEGIN") {
            Self::Pem(text.replace("\\n", "\n"))
        } else if text.starts_with('{') {
            Self::Jwks(text.to_owned())
        } else {
            Self::JwksFile(text.to_owned())
        }
    }
}

impl FromEnv for PublicKeys {
    const KIND: Kind = Kind::Other;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Ok(Self::from(text))
    }
}

#[cfg(test)]
mod tests {
    use auth_conformance::forge::{Draft, SigningKey};
    use auth_core::config::Vars;
    use auth_core::{Configured, Environment, Request, Token};
    use serde_json::json;

    use super::*;

    fn built(keys: &str) -> Result<Configured<JwtKeys>, auth_core::ConfigError> {
        let builder = JwtKeys::builder().keys(keys).issuer("https://issuer.example");
        let environment = Environment::process().with_vars(Vars::empty());
        builder.audience(["orders", "invoices"]).build_in(&environment)
    }

    /// What becomes of a token for this audience: `ok`, or the code.
    async fn decide(
        provider: &Configured<JwtKeys>,
        key: &SigningKey,
        audience: &str,
    ) -> &'static str {
        let draft = Draft::new(Algorithm::ES256, key).claim("iss", "https://issuer.example");
        let draft =
            draft.claim("aud", audience).claim("exp", 4_000_000_000_u64).claim("sub", "ann");
        let request = http::Request::get("/").body(()).unwrap();
        let (token, request) = (draft.sign(), Request::from(&request));
        let user = provider.authenticate(&Token::new(&token), &request).await;
        user.map_or_else(|error| error.code(), |_| "ok")
    }

    #[tokio::test]
    async fn accepts_tokens_of_its_keys_in_every_form() {
        let key = SigningKey::generate("current", Algorithm::ES256);
        let stranger = SigningKey::generate("current", Algorithm::ES256);
        let on_one_line = key.pem().replace('\n', "\\n");
        for keys in [key.pem(), on_one_line, json!({"keys": [key.jwk()]}).to_string()] {
            let provider = built(&keys).unwrap();
            assert_eq!(decide(&provider, &key, "orders").await, "ok");
            assert_eq!(decide(&provider, &key, "invoices").await, "ok");
            assert_eq!(decide(&provider, &key, "other").await, "audience_mismatch");
            assert_eq!(decide(&provider, &stranger, "orders").await, "signature_invalid");
        }
    }

    #[test]
    fn says_what_is_wrong_with_keys() {
        for (keys, reason) in [
            ("no/such/keys.json", "does not exist"),
            ("{}", "key set"),
            ("-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----", "private key"),
        ] {
            let error = built(keys).unwrap_err().to_string();
            assert!(error.contains(reason), "{keys:?}: {error}");
        }
    }
}
