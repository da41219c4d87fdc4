//! What Supabase's fake promises: <https://supabase.com/docs/guides/auth/jwts>,
//! <https://supabase.com/docs/guides/auth/debugging/error-codes> and
//! <https://docs.postgrest.org/en/stable/references/api/tables_views.html>.

use auth_conformance::idp::supabase::{HOST, PUBLISHABLE_KEY, SupabaseFake};
use auth_core::http::HttpRequest;
use serde_json::{Value, json};

async fn asked(
    supabase: &SupabaseFake,
    path: &str,
    key: Option<&str>,
    token: &str,
) -> (u16, Value) {
    let mut request = HttpRequest::get(format!("https://{HOST}{path}").parse().unwrap());
    if let Some(key) = key {
        request.headers.insert("apikey", key.parse().unwrap());
    }
    request.headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
    let answer = supabase.environment().http().send(request).await.unwrap();
    (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap())
}

/// Keys stand below the issuer, without a key of ours.
#[tokio::test]
async fn keys_are_public() {
    let supabase = SupabaseFake::start().await;
    let (status, set) = asked(&supabase, "/auth/v1/.well-known/jwks.json", None, "none").await;
    assert_eq!((status, set["keys"].as_array().unwrap().len()), (200, 2));
}

/// The gateway lets nobody through without the project's key, and says so in its own shape.
#[tokio::test]
async fn the_gateway_asks_for_the_projects_key() {
    let supabase = SupabaseFake::start().await;
    let token = supabase.good_token();
    for path in ["/auth/v1/user", "/rest/v1/users?select=is_admin&id=eq.1"] {
        for key in [None, Some("sb_publishable_wrong")] {
            let (status, body) = asked(&supabase, path, key, &token).await;
            assert_eq!((status, &body["message"]), (401, &json!("Invalid API key")));
            assert!(body.get("error_code").is_none(), "that is the authentication server's word");
        }
    }
}

/// `GET /auth/v1/user`: the user, or 403 with a code that says what became of the session.
#[tokio::test]
async fn the_user_of_a_session_and_what_became_of_it() {
    let supabase = SupabaseFake::start().await;
    let (path, key, token) = ("/auth/v1/user", Some(PUBLISHABLE_KEY), supabase.good_token());
    let (status, user) = asked(&supabase, path, key, &token).await;
    assert_eq!((status, &user["id"]), (200, &json!(supabase.forge.subject)));
    assert_eq!((&user["aud"], &user["role"]), (&json!("authenticated"), &json!("authenticated")));
    let (status, body) = asked(&supabase, path, key, "not-a-jwt").await;
    assert_eq!((status, &body["error_code"], &body["code"]), (403, &json!("bad_jwt"), &json!(403)));
    supabase.issuer.set_fact("signed_out", supabase.forge.dialect["session_id"].clone());
    let (status, body) = asked(&supabase, path, key, &token).await;
    assert_eq!((status, &body["error_code"]), (403, &json!("session_not_found")));
}

/// `GET /rest/v1/users`: rows as an array, and of other users none.
#[tokio::test]
async fn a_user_sees_their_own_row_alone() {
    let supabase = SupabaseFake::start().await;
    let (key, token) = (Some(PUBLISHABLE_KEY), supabase.good_token());
    let rows = |id: &str| format!("/rest/v1/users?select=is_admin&id=eq.{id}&limit=2");
    let own = rows(&supabase.forge.subject);
    assert_eq!(asked(&supabase, &own, key, &token).await, (200, json!([{"is_admin": false}])));
    supabase.issuer.set_fact("admin", supabase.forge.subject.as_str());
    assert_eq!(asked(&supabase, &own, key, &token).await, (200, json!([{"is_admin": true}])));
    assert_eq!(asked(&supabase, &rows("another"), key, &token).await, (200, json!([])));
    let (status, body) = asked(&supabase, &own, key, "not-a-jwt").await;
    assert_eq!((status, &body["code"]), (401, &json!("PGRST301")));
}
