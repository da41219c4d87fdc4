//! What Firebase's fake promises: <https://firebase.google.com/docs/auth/admin/verify-id-tokens>,
//! <https://developers.google.com/identity/protocols/oauth2/service-account>,
//! <https://cloud.google.com/identity-platform/docs/reference/rest> and
//! <https://firebase.google.com/docs/firestore/reference/rest>.

use auth_conformance::fake::NOW;
use auth_conformance::idp::firebase::{FirebaseFake, PROJECT, SIGNED_IN, service_account};
use auth_core::http::{HttpRequest, HttpResponse};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

const CERTIFICATES: &str =
    "https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com";
const JWKS: &str =
    "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com";
const COOKIE_KEYS: &str = "https://www.googleapis.com/identitytoolkit/v3/relyingparty/publicKeys";
const TOKEN: &str = "https://oauth2.googleapis.com/token";
const GRANT: &str = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";
const SCOPES: &str = "https://www.googleapis.com/auth/datastore \
                      https://www.googleapis.com/auth/identitytoolkit";

async fn sent(firebase: &FirebaseFake, request: HttpRequest) -> (u16, Value, HttpResponse) {
    let answer = firebase.environment().http().send(request).await.unwrap();
    let body = serde_json::from_slice(&answer.body).unwrap();
    (answer.status.as_u16(), body, answer)
}

fn get(url: &str) -> HttpRequest {
    HttpRequest::get(url.parse().unwrap())
}

/// The claims of an assertion, as this account signs them.
fn assertion() -> Value {
    let email = service_account()["client_email"].clone();
    json!({ "iss": email, "scope": SCOPES, "aud": TOKEN, "iat": NOW, "exp": NOW + 3600 })
}

fn signed(claims: &Value) -> String {
    let pem = service_account()["private_key"].as_str().unwrap().to_owned();
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    encode(&Header::new(Algorithm::RS256), claims, &key).unwrap()
}

fn exchange(assertion: &str) -> HttpRequest {
    let form = format!("grant_type={GRANT}&assertion={assertion}");
    HttpRequest::post_form(TOKEN.parse().unwrap(), form)
}

async fn granted(firebase: &FirebaseFake, claims: &Value) -> String {
    let (status, body, _) = sent(firebase, exchange(&signed(claims))).await;
    assert_eq!(status, 200, "{body}");
    body["access_token"].as_str().unwrap().to_owned()
}

fn with(mut request: HttpRequest, token: &str) -> HttpRequest {
    request.headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
    request
}

fn lookup(path: &str, body: &Value, token: &str) -> HttpRequest {
    let url = format!("https://identitytoolkit.googleapis.com/v1/projects/{path}accounts:lookup");
    with(HttpRequest::post_form(url.parse().unwrap(), body.to_string()), token)
}

fn document(path: &str, token: &str) -> HttpRequest {
    with(get(&format!("https://firestore.googleapis.com/v1/projects/{path}")), token)
}

/// Google's envelope: code, message, status (<https://cloud.google.com/apis/design/errors>).
fn refusal(status: u16, body: &Value) -> (u16, &str) {
    assert_eq!(body["error"]["code"], status, "{body}");
    assert!(body["error"]["message"].is_string(), "{body}");
    (status, body["error"]["status"].as_str().unwrap())
}

/// ID tokens: two certificates by key id, or the same keys as a key set with `alg` and `use`; session
/// cookies have keys of their own.
#[tokio::test]
async fn keys_are_published_in_three_places() {
    let firebase = FirebaseFake::start().await;
    let (_, certificates, _) = sent(&firebase, get(CERTIFICATES)).await;
    let ids: Vec<_> = certificates.as_object().unwrap().keys().cloned().collect();
    assert_eq!(ids, ["current", "next"]);
    for certificate in certificates.as_object().unwrap().values() {
        assert!(certificate.as_str().unwrap().starts_with("-----BEGIN CERTIFICATE-----\n"));
    }
    let (_, set, answer) = sent(&firebase, get(JWKS)).await;
    assert_eq!(set["keys"][0]["alg"], "RS256");
    assert_eq!(set["keys"][1]["use"], "sig");
    let caching = answer.headers["cache-control"].to_str().unwrap();
    assert_eq!(caching, "public, max-age=19302, must-revalidate, no-transform");
    let (_, cookies, _) = sent(&firebase, get(COOKIE_KEYS)).await;
    assert_eq!(cookies.as_object().unwrap().keys().collect::<Vec<_>>(), ["cookie-key"]);
}

/// POST `/token`: an access token for an hour; `invalid_grant` and `invalid_scope` in Google's words.
#[tokio::test]
async fn an_assertion_is_exchanged_for_an_access_token() {
    let firebase = FirebaseFake::start().await;
    let (status, body, _) = sent(&firebase, exchange(&signed(&assertion()))).await;
    assert_eq!(
        (status, &body["token_type"], &body["expires_in"]),
        (200, &json!("Bearer"), &json!(3599))
    );
    assert!(body["access_token"].as_str().unwrap().starts_with("ya29."));
    let spoilt = |name: &str, value: Value| {
        let mut claims = assertion();
        claims[name] = value;
        signed(&claims)
    };
    let mut forged = signed(&assertion());
    forged.replace_range(forged.len() - 8..forged.len() - 4, "AAAA");
    let cases = [
        (forged, "invalid_grant", "Invalid JWT Signature."),
        (
            spoilt("aud", json!("https://evil.example/")),
            "invalid_grant",
            "Invalid JWT: Failed audience check.",
        ),
        (
            spoilt("exp", json!(NOW + 7200)),
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token",
        ),
        (
            spoilt("iat", json!(NOW + 3000)),
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token",
        ),
        (
            spoilt("iss", json!("other@acme.example")),
            "invalid_grant",
            "Invalid grant: account not found",
        ),
        (spoilt("scope", json!("everything")), "invalid_scope", "Invalid OAuth scope"),
    ];
    for (assertion, error, description) in cases {
        let (status, body, _) = sent(&firebase, exchange(&assertion)).await;
        assert_eq!((status, body["error"].as_str()), (400, Some(error)), "{body}");
        assert!(body["error_description"].as_str().unwrap().starts_with(description), "{body}");
    }
}

/// Both interfaces: 401 `UNAUTHENTICATED` for a token that was not granted or has expired, 403
/// `PERMISSION_DENIED` without the scope, and for another project.
#[tokio::test]
async fn access_tokens_are_checked() {
    let mut firebase = FirebaseFake::start().await;
    let token = granted(&firebase, &assertion()).await;
    let mut narrow = assertion();
    narrow["scope"] = json!("https://www.googleapis.com/auth/cloud-platform");
    let narrow = granted(&firebase, &narrow).await;
    let path = format!("{PROJECT}/databases/(default)/documents/user_access/u1");
    let jane = json!({ "localId": ["u1"] });
    for (token, expected) in
        [("ya29.forged", (401, "UNAUTHENTICATED")), (&narrow, (403, "PERMISSION_DENIED"))]
    {
        let (status, body, _) = sent(&firebase, document(&path, token)).await;
        assert_eq!(refusal(status, &body), expected);
        let asked = lookup(&format!("{PROJECT}/"), &jane, token);
        let (status, body, _) = sent(&firebase, asked).await;
        assert_eq!(refusal(status, &body), expected);
    }
    let (status, body, _) = sent(&firebase, lookup("other/", &jane, &token)).await;
    assert_eq!(refusal(status, &body), (403, "PERMISSION_DENIED"));
    firebase.advance(3600);
    let (status, body, _) = sent(&firebase, document(&path, &token)).await;
    assert_eq!(refusal(status, &body), (401, "UNAUTHENTICATED"));
}

/// POST `accounts:lookup`: times as texts, `disabled` only if so, `tenantId` in a tenant; 200 without
/// `users` for nobody.
#[tokio::test]
async fn an_account_has_the_documented_shape() {
    let firebase = FirebaseFake::start().await;
    let token = granted(&firebase, &assertion()).await;
    let asked = |path: String| lookup(&path, &json!({ "localId": ["u1"] }), &token);
    let (status, body, _) = sent(&firebase, asked(format!("{PROJECT}/"))).await;
    assert_eq!((status, &body["kind"]), (200, &json!("identitytoolkit#GetAccountInfoResponse")));
    let user = &body["users"][0];
    assert_eq!(user["localId"], "u1");
    assert_eq!(user["validSince"], (SIGNED_IN - 3600).to_string());
    assert_eq!(user["lastLoginAt"], (SIGNED_IN * 1000).to_string());
    assert!(user.get("disabled").is_none() && user.get("tenantId").is_none(), "{user}");
    let (_, body, _) = sent(&firebase, asked(format!("{PROJECT}/tenants/acme-1/"))).await;
    assert_eq!(body["users"][0]["tenantId"], "acme-1");
    firebase.issuer.set_fact("disabled", true);
    let (_, body, _) = sent(&firebase, asked(format!("{PROJECT}/"))).await;
    assert_eq!(body["users"][0]["disabled"], true);
    firebase.issuer.set_fact("deleted", true);
    let (status, body, _) = sent(&firebase, asked(format!("{PROJECT}/"))).await;
    assert_eq!((status, body.get("users")), (200, None));
}

/// GET a document: typed values, an integer as a text, an empty array without `values`, an empty
/// document without `fields`; and two kinds of 404.
#[tokio::test]
async fn a_document_has_typed_values() {
    let firebase = FirebaseFake::start().await;
    let token = granted(&firebase, &assertion()).await;
    let name = format!("{PROJECT}/databases/(default)/documents/user_access/u1");
    let (status, body, _) = sent(&firebase, document(&name, &token)).await;
    assert_eq!((status, &body["name"]), (200, &json!(format!("projects/{name}"))));
    assert_eq!(body["fields"]["level"], json!({ "integerValue": "3" }));
    assert_eq!(body["fields"]["teams"], json!({ "arrayValue": {} }));
    assert!(body["createTime"].is_string() && body["updateTime"].is_string(), "{body}");
    firebase.issuer.set_fact("documents", json!({ "u1": {}, "u2": null }));
    let (status, body, _) = sent(&firebase, document(&name, &token)).await;
    assert_eq!((status, body.get("fields")), (200, None));
    let absent = name.replace("u1", "u2");
    let (status, body, _) = sent(&firebase, document(&absent, &token)).await;
    assert_eq!(refusal(status, &body), (404, "NOT_FOUND"));
    assert_eq!(body["error"]["message"], format!("Document \"projects/{absent}\" not found."));
    let elsewhere = name.replace("(default)", "orders");
    let (status, body, _) = sent(&firebase, document(&elsewhere, &token)).await;
    assert_eq!(refusal(status, &body), (404, "NOT_FOUND"));
    let message = body["error"]["message"].as_str().unwrap();
    assert!(message.starts_with("The database orders does not exist for project acme-prod"));
}
