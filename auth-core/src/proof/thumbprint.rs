//! A public key in, its thumbprint out (RFC 7638, with SHA-256). Next: `check`, which compares it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// SHA-256 as base64url without padding: how `jkt`, `ath` and `x5t#S256` are written.
pub(super) fn sha256(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, bytes))
}

/// The thumbprint of a key; `None` when it lacks a member that its kind has to have.
///
/// Only the members that make the key are hashed (section 3.2), in the order of the alphabet
/// (section 3.3), so that whatever else stands in the key changes nothing.
pub(super) fn thumbprint(jwk: &Map<String, Value>) -> Option<String> {
    let members: &[&str] = match jwk.get("kty")?.as_str()? {
        "EC" => &["crv", "kty", "x", "y"],
        "OKP" => &["crv", "kty", "x"],
        "RSA" => &["e", "kty", "n"],
        _ => return None,
    };
    let member = |name: &&str| {
        let value = Value::from(jwk.get(*name)?.as_str()?);
        Some(format!("\"{name}\":{value}"))
    };
    let members: Vec<_> = members.iter().map(member).collect::<Option<_>>()?;
    Some(sha256(format!("{{{}}}", members.join(",")).as_bytes()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(jwk: &Value) -> Option<String> {
        thumbprint(jwk.as_object().unwrap())
    }

    /// RFC 7638, section 3.1.
    #[test]
    fn agrees_with_the_example_of_rfc_7638() {
        let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L\
                 6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4Qy\
                 Q5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbI\
                 SD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-\
                 kEgU8awapJzKnqDKgw";
        let jwk = json!({"kty": "RSA", "n": n, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"});
        assert_eq!(of(&jwk).unwrap(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    /// RFC 8037, appendix A.3.
    #[test]
    fn agrees_with_the_example_of_rfc_8037() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
        assert_eq!(of(&jwk).unwrap(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn a_key_without_its_members_has_none() {
        for jwk in [
            json!({}),
            json!({"kty": "oct", "k": "AAAA"}),
            json!({"kty": "OKP", "crv": "Ed25519"}),
            json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": 1}),
        ] {
            assert_eq!(of(&jwk), None, "{jwk}");
        }
    }
}
