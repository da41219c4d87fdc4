//! What most issuers say of themselves (OpenID Connect Discovery 1.0, section 3): for rooms whose
//! provider knows the addresses already, and for whoever else asks.

use serde_json::json;

use super::Reply;

/// The issuer's description, with the members that clients of a resource server read.
pub(super) fn description(issuer: &str, keys: &str) -> Reply {
    let described = json!({
        "issuer": issuer,
        "jwks_uri": keys,
        "response_types_supported": ["code", "id_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    Reply::json(200, &described)
}
