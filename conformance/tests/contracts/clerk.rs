//! What Clerk's fake promises (<https://clerk.com/docs/reference/backend-api>, version 2026-05-12, and
//! <https://clerk.com/docs/guides/sessions/session-tokens>).

use auth_conformance::fake::NOW;
use auth_conformance::idp::clerk::{ClerkFake, membership, standing};
use auth_core::http::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use serde_json::{Value, json};

const KEY: &str = "sk_live_kQ3vWm8sYp1xTz6bRn4cJd9hLf2gAe7u";
const MEMBERSHIPS: &str = "/v1/users/user_1/organization_memberships";
const TOKEN: &str = "mt_0123456789abcdef0123456789abcdef";

async fn sent(clerk: &ClerkFake, request: HttpRequest) -> HttpResponse {
    clerk.environment().http().send(request).await.unwrap()
}

async fn got(clerk: &ClerkFake, path: &str, key: &str) -> HttpResponse {
    let mut request = HttpRequest::get(format!("https://api.clerk.com{path}").parse().unwrap());
    request.headers.insert("authorization", format!("Bearer {key}").parse().unwrap());
    sent(clerk, request).await
}

async fn posted(clerk: &ClerkFake, path: &str, body: &Value) -> HttpResponse {
    let mut request = HttpRequest::get(format!("https://api.clerk.com{path}").parse().unwrap());
    request.method = Method::POST;
    request.headers.insert("authorization", format!("Bearer {KEY}").parse().unwrap());
    request.body = body.to_string().into();
    sent(clerk, request).await
}

fn read(answer: &HttpResponse) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

/// The status and the code of an error, which has the documented shape.
fn refusal(answer: &HttpResponse) -> (u16, String) {
    let body = read(answer);
    let error = &body["errors"][0];
    assert!(error["message"].is_string() && error["long_message"].is_string(), "{body}");
    assert!(body["clerk_trace_id"].is_string(), "{body}");
    (answer.status.as_u16(), error["code"].as_str().unwrap().to_owned())
}

/// GET `/v1/users/{user_id}/organization_memberships`: `data` and `total_count`, each membership with
/// the members that its schema requires, times in milliseconds, `application/json` and no charset.
#[tokio::test]
async fn memberships_have_the_documented_shape() {
    let clerk = ClerkFake::start().await;
    let answer = got(&clerk, MEMBERSHIPS, KEY).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "application/json");
    let body = read(&answer);
    assert_eq!(body["total_count"], 1);
    let membership = &body["data"][0];
    assert_eq!(membership["object"], "organization_membership");
    assert_eq!(membership["role"], "org:admin");
    assert!(membership["id"].as_str().unwrap().starts_with("orgmem_"));
    assert!(membership["permissions"].as_array().unwrap().iter().all(Value::is_string));
    assert!(membership["created_at"].as_u64().unwrap() > 1_000_000_000_000);
    for metadata in ["public_metadata", "private_metadata"] {
        assert!(membership[metadata].is_object());
    }
    let organization = &membership["organization"];
    assert_eq!(organization["object"], "organization");
    assert!(organization["id"].as_str().unwrap().starts_with("org_"));
    assert_eq!(organization["slug"], "acme");
    assert_eq!(membership["public_user_data"]["user_id"], "user_1");
}

/// `limit` from 1 to 500, 10 unless given; `offset` from 0 on; `total_count` counts all.
#[tokio::test]
async fn memberships_come_in_pages() {
    let clerk = ClerkFake::start().await;
    let all = |count| -> Vec<Value> {
        (0..count).map(|place| membership(&format!("org_{place}"), "a", "org:member")).collect()
    };
    clerk.issuer.set_fact("memberships", all(25));
    let page = async |query: &str| {
        let body = read(&got(&clerk, &format!("{MEMBERSHIPS}{query}"), KEY).await);
        assert_eq!(body["total_count"], 25);
        let ids = body["data"].as_array().unwrap().iter();
        ids.map(|it| it["organization"]["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(page("").await.len(), 10);
    assert_eq!(page("?limit=20&offset=20").await.first().unwrap(), "org_20");
    assert_eq!(page("?limit=20&offset=20").await.len(), 5);
    assert_eq!(page("?limit=500&offset=25").await.len(), 0);
    for query in ["?limit=0", "?limit=501", "?limit=x", "?offset=-1"] {
        let answer = got(&clerk, &format!("{MEMBERSHIPS}{query}"), KEY).await;
        assert_eq!(refusal(&answer).0, 422, "{query}");
    }
}

/// Errors: `clerk_key_invalid` (401), `resource_not_found` (404), `too_many_requests` (429) with
/// `Retry-After` in seconds.
#[tokio::test]
async fn errors_have_the_documented_codes() {
    let clerk = ClerkFake::start().await;
    for path in [MEMBERSHIPS, "/v1/jwks"] {
        let refused = got(&clerk, path, "sk_live_of_somebody").await;
        assert_eq!(refusal(&refused), (401, "clerk_key_invalid".to_owned()));
    }
    clerk.issuer.set_fact("nobody", true);
    let gone = got(&clerk, MEMBERSHIPS, KEY).await;
    assert_eq!(refusal(&gone), (404, "resource_not_found".to_owned()));
    clerk.issuer.set_fact("quota", 1);
    assert_eq!(got(&clerk, MEMBERSHIPS, KEY).await.status, 404);
    let limited = got(&clerk, MEMBERSHIPS, KEY).await;
    assert_eq!(refusal(&limited), (429, "too_many_requests".to_owned()));
    assert_eq!(limited.headers["retry-after"], "10");
    assert_eq!(got(&clerk, "/v1/jwks", KEY).await.status, 200, "no limit holds for keys");
}

/// The frontend's key set is for everybody, the backend's for whoever shows the secret key; both
/// publish the same keys.
#[tokio::test]
async fn both_key_sets_publish_the_same_keys() {
    let clerk = ClerkFake::start().await;
    let url = "https://clerk.acme.example/.well-known/jwks.json".parse().unwrap();
    let public = read(&sent(&clerk, HttpRequest::get(url)).await);
    let backend = read(&got(&clerk, "/v1/jwks", KEY).await);
    let moduli = |keys: &Value| -> Vec<Value> {
        keys["keys"].as_array().unwrap().iter().map(|key| key["n"].clone()).collect()
    };
    assert_eq!(moduli(&public), moduli(&backend));
    let first = &public["keys"][0];
    assert_eq!(
        (&first["use"], &first["alg"], &first["kty"]),
        (&json!("sig"), &json!("RS256"), &json!("RSA"))
    );
}

/// Session tokens of the second version: categories in the header, the organization in `o`.
#[tokio::test]
async fn session_tokens_have_the_second_versions_claims() {
    let clerk = ClerkFake::start().await;
    let token = clerk.good_token();
    let parts: Vec<Value> = token
        .split('.')
        .take(2)
        .map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
        .collect();
    let (header, claims) = (&parts[0], &parts[1]);
    assert_eq!((&header["typ"], &header["cat"]), (&json!("JWT"), &json!("cl_B7d4PD111AAA")));
    assert_eq!((&claims["v"], &claims["iss"]), (&json!(2), &json!("https://clerk.acme.example")));
    assert_eq!(claims["iat"], NOW);
    assert!(claims["sub"].as_str().unwrap().starts_with("user_"));
    assert!(claims["sid"].as_str().unwrap().starts_with("sess_"));
    for member in ["id", "slg", "rol", "per", "fpm"] {
        assert!(claims["o"][member].is_string(), "{member}");
    }
    assert!(claims.get("aud").is_none() && claims.get("org_id").is_none());
}

/// POST `…/verify` below `/v1` and without it: each kind by the member of the body that is its own,
/// 400 `bad_request` without it, 404 for a token that nobody knows.
#[tokio::test]
async fn opaque_tokens_are_verified_under_both_prefixes() {
    let clerk = ClerkFake::start().await;
    let machine = standing("mt_1", "mch_1", &json!({"scopes": ["mch_2"]}));
    let (oauth, key) = (TOKEN.replace("mt_", "oat_"), TOKEN.replace("mt_", "ak_"));
    let client = json!({"client_id": "client_1"});
    clerk.issuer.set_fact(
        "tokens",
        json!({
            TOKEN: machine,
            oauth.as_str(): standing("oat_1", "user_1", &client),
            key.as_str(): standing("ak_1", "org_1", &json!({})),
        }),
    );
    let kinds = [
        ("/m2m_tokens/verify", "token", TOKEN, "machine_to_machine_token"),
        ("/api_keys/verify", "secret", &key, "api_key"),
        (
            "/oauth_applications/access_tokens/verify",
            "access_token",
            &oauth,
            "clerk_idp_oauth_access_token",
        ),
    ];
    for (path, member, token, object) in kinds {
        for path in [format!("/v1{path}"), path.to_owned()] {
            let body = read(&posted(&clerk, &path, &json!({member: token})).await);
            assert_eq!((&body["object"], &body["revoked"]), (&json!(object), &json!(false)));
            assert!(body["scopes"].is_array() && body["expired"] == false, "{body}");
            let nothing = posted(&clerk, &path, &json!({"text": token})).await;
            assert_eq!(refusal(&nothing), (400, "bad_request".to_owned()));
            let unknown = posted(&clerk, &path, &json!({member: format!("{token}0")})).await;
            assert_eq!(refusal(&unknown), (404, "resource_not_found".to_owned()));
        }
    }
    assert_eq!(clerk.issuer.strays().len(), 0);
}
