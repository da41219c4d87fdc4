//! What Auth0's fake promises: <https://auth0.com/docs/secure/tokens/json-web-tokens/json-web-key-sets>
//! and <https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles>.

use auth_conformance::forge::stated_claims;
use auth_conformance::idp::auth0::Auth0Fake;
use auth_core::http::HttpRequest;
use serde_json::Value;

/// `GET /.well-known/jwks.json`: the current key and the next, each with `alg`, `x5t` and `x5c`, also
/// after a rotation.
#[tokio::test]
async fn two_keys_are_published_before_and_after_a_rotation() {
    let mut auth0 = Auth0Fake::start().await;
    let mut published = Vec::new();
    for _ in 0..2 {
        let url = "https://acme.eu.auth0.com/.well-known/jwks.json".parse().unwrap();
        let answer = auth0.environment().http().send(HttpRequest::get(url)).await.unwrap();
        let set: Value = serde_json::from_slice(&answer.body).unwrap();
        let keys = set["keys"].as_array().unwrap().clone();
        assert_eq!(keys.len(), 2);
        for key in &keys {
            assert_eq!(key["alg"], "RS256");
            assert!(key["x5c"].is_array() && key["x5t"].as_str().unwrap().len() == 54);
        }
        published.push(keys);
        auth0.rotate();
    }
    assert_eq!(published[0][1]["n"], published[1][0]["n"], "the next key became the current one");
}

/// Access tokens: the issuer ends with a slash, `azp` is the client, `scope` is one text.
#[tokio::test]
async fn access_tokens_speak_auth0s_words() {
    let auth0 = Auth0Fake::start().await;
    let claims = stated_claims(&auth0.good_token()).unwrap();
    assert_eq!(claims["iss"], "https://acme.eu.auth0.com/");
    assert!(claims["azp"].is_string() && claims["scope"].is_string());
    assert!(claims["permissions"].is_array());
}
