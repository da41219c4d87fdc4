//! What the fake of an OpenID Connect issuer promises: OpenID Connect Discovery 1.0, section 3; RFC
//! 7517, section 5; RFC 7662, section 2.

use auth_conformance::idp::oidc::{CLIENT_ID, CLIENT_SECRET, OidcFake};
use auth_core::http::HttpRequest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

const ISSUER: &str = "https://login.acme.example/tenant";

async fn sent(oidc: &OidcFake, request: HttpRequest) -> (u16, Value) {
    let answer = oidc.environment().http().send(request).await.unwrap();
    (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap())
}

async fn get(oidc: &OidcFake, url: &str) -> Value {
    let (status, body) = sent(oidc, HttpRequest::get(url.parse().unwrap())).await;
    assert_eq!(status, 200, "{body}");
    body
}

fn question(token: &str, client: &str, secret: &str) -> HttpRequest {
    let url = format!("{ISSUER}/introspect").parse().unwrap();
    let mut request = HttpRequest::post_form(url, format!("token={token}"));
    let pair = STANDARD.encode(format!("{client}:{secret}"));
    request.headers.insert("authorization", format!("Basic {pair}").parse().unwrap());
    request
}

/// The description names the issuer as it is, the key set, and the introspection endpoint.
#[tokio::test]
async fn the_issuer_describes_itself() {
    let oidc = OidcFake::start().await;
    let description = get(&oidc, &format!("{ISSUER}/.well-known/openid-configuration")).await;
    assert_eq!(description["issuer"], ISSUER);
    assert_eq!(description["introspection_endpoint"], format!("{ISSUER}/introspect"));
    let keys = get(&oidc, description["jwks_uri"].as_str().unwrap()).await;
    let ids: Vec<_> = keys["keys"].as_array().unwrap().iter().map(|key| &key["kid"]).collect();
    assert_eq!(ids, ["current", "next"]);
    assert!(keys["keys"][0].get("d").is_none(), "public keys only");
}

/// RFC 7662, section 2.3: who does not show who it is gets 401, and no answer.
#[tokio::test]
async fn a_client_has_to_show_who_it_is() {
    let oidc = OidcFake::start().await;
    for (client, secret) in [(CLIENT_ID, "wrong"), ("somebody", CLIENT_SECRET)] {
        let (status, body) = sent(&oidc, question("any", client, secret)).await;
        assert_eq!((status, &body["error"]), (401, &json!("invalid_client")));
    }
}

/// RFC 7662, section 2.2: an unknown, revoked or foreign token is `{"active": false}` and nothing
/// else; a known one is what is known of it, and a JWT of the issuer's own its claims.
#[tokio::test]
async fn tokens_are_told_apart() {
    let oidc = OidcFake::start().await;
    let inactive = (200, json!({"active": false}));
    let own = oidc.good_token();
    let forged = oidc.token(|draft| draft.signed_by(&oidc.forge.keys.stranger));
    oidc.issuer.set_fact("opaque", json!({"active": true, "sub": "ann"}));
    for token in ["unknown", "a.b.c", &forged] {
        assert_eq!(sent(&oidc, question(token, CLIENT_ID, CLIENT_SECRET)).await, inactive);
    }
    let (_, said) = sent(&oidc, question("opaque", CLIENT_ID, CLIENT_SECRET)).await;
    assert_eq!(said, json!({"active": true, "sub": "ann"}));
    let (_, said) = sent(&oidc, question(&own, CLIENT_ID, CLIENT_SECRET)).await;
    assert_eq!((&said["active"], &said["iss"]), (&json!(true), &json!(ISSUER)));
    oidc.issuer.set_fact("revoked", own.as_str());
    assert_eq!(sent(&oidc, question(&own, CLIENT_ID, CLIENT_SECRET)).await, inactive);
}
