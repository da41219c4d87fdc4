//! What Okta's fake promises: <https://developer.okta.com/docs/reference/api/oidc/>.

use auth_conformance::forge::stated_claims;
use auth_conformance::idp::okta::OktaFake;
use auth_core::http::HttpRequest;
use serde_json::Value;

/// `GET {issuer}/v1/keys`: two keys of RS256, each with its id, its use and its algorithm.
#[tokio::test]
async fn keys_say_what_they_are_for() {
    let okta = OktaFake::start().await;
    let url = "https://acme.okta.com/oauth2/default/v1/keys".parse().unwrap();
    let answer = okta.environment().http().send(HttpRequest::get(url)).await.unwrap();
    assert_eq!(answer.status.as_u16(), 200);
    let set: Value = serde_json::from_slice(&answer.body).unwrap();
    let keys = set["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        assert_eq!(
            (&key["alg"], &key["use"], &key["kty"]),
            (&"RS256".into(), &"sig".into(), &"RSA".into())
        );
        assert!(key["kid"].is_string());
    }
}

/// Access tokens: version 1, an id that begins with `AT.`, the client in `cid`, scopes as a list.
#[tokio::test]
async fn access_tokens_speak_oktas_words() {
    let okta = OktaFake::start().await;
    let claims = stated_claims(&okta.good_token()).unwrap();
    assert_eq!(claims["iss"], "https://acme.okta.com/oauth2/default");
    assert_eq!((&claims["aud"], &claims["ver"]), (&"api://default".into(), &1.into()));
    assert!(claims["jti"].as_str().unwrap().starts_with("AT."));
    assert!(claims["cid"].is_string() && claims["scp"].is_array() && claims["groups"].is_array());
}
