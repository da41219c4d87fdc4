//! Supabase as a subject sees it: a project's authentication server behind the gateway that asks for
//! a key (<https://supabase.com/docs/guides/auth/jwts>), and the table `users` through its REST
//! interface. Facts: `signed_out` (a session's id), `admin` (a user's id).

use serde_json::{Map, Value, json};

use super::{Asking, Endpoint, Reply, Vendor};
use crate::forge::stated_claims;

crate::fake::named! {
    /// A running Supabase project.
    SupabaseFake, VENDOR
}

/// The key that names the project, and opens nothing by itself: of the older kind, since the newer
/// begins with the name of the option that it is given as.
pub const PUBLISHABLE_KEY: &str = "eyJhbGciOiJub3RBSnd0In0_onlyForTests_9f31c07ad2be8845";

/// The project's host.
pub const HOST: &str = "abcdefghijklmnopqrst.supabase.co";

/// Supabase, asked whether sessions still are.
pub const VENDOR: Vendor = Vendor {
    provider: "supabase",
    variables: &[
        ("SUPABASE_URL", "https://abcdefghijklmnopqrst.supabase.co"),
        ("SUPABASE_PUBLISHABLE_KEY", PUBLISHABLE_KEY),
        ("SUPABASE_CHECK_SESSION", "true"),
    ],
    subject: "8f5cdd6a-3a3c-4f27-9e0c-6a2d1c3b4e5f",
    claims,
    required: &["role"],
    stricter: &[(
        "sig-alg-not-allowlisted",
        "projects sign with ES256 as well: see prov-supabase-algorithm",
    )],
    endpoints: &[
        Endpoint {
            name: "user",
            host: HOST,
            method: "GET",
            path: "/auth/v1/user",
            is_asked: true,
            answer: user,
        },
        Endpoint {
            name: "users",
            host: HOST,
            method: "GET",
            path: "/rest/v1/users",
            is_asked: false,
            answer: rows,
        },
    ],
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "role": "authenticated",
        "aal": "aal1",
        "amr": [{"method": "password", "timestamp": 1_799_999_000}],
        "session_id": "5b0c6a9e-93d1-4a7a-9f57-1d2e3f4a5b6c",
        "email": "ann@acme.example",
        "phone": "",
        "is_anonymous": false,
        "app_metadata": {"provider": "email", "roles": ["clerk"]},
        "user_metadata": {"roles": ["admin"]},
    });
    claims.as_object().cloned().unwrap_or_default()
}

/// `GET /auth/v1/user`: the user of the token that is shown, while their session is.
fn user(asking: &Asking<'_>) -> Reply {
    if let Some(refusal) = gateway(asking) {
        return refusal;
    }
    let Some(claims) = asking.bearer().and_then(stated_claims) else {
        return refused(403, "bad_jwt", "invalid JWT: unable to parse or verify signature");
    };
    if Some(&asking.fact("signed_out")) == claims.get("session_id") {
        let message = "Session from session_id claim in JWT does not exist";
        return refused(403, "session_not_found", message);
    }
    let user = json!({
        "id": claims.get("sub"),
        "aud": "authenticated",
        "role": claims.get("role"),
        "email": claims.get("email"),
        "app_metadata": claims.get("app_metadata"),
        "user_metadata": claims.get("user_metadata"),
        "identities": [],
        "created_at": "2026-01-01T00:00:00Z",
        "is_anonymous": claims.get("is_anonymous"),
    });
    Reply::json(200, &user)
}

/// `GET /rest/v1/users?select=is_admin&id=eq.{id}`: the rows that the user themselves may see.
fn rows(asking: &Asking<'_>) -> Reply {
    if let Some(refusal) = gateway(asking) {
        return refusal;
    }
    let Some(claims) = asking.bearer().and_then(stated_claims) else {
        let error = json!({"code": "PGRST301", "message": "JWT invalid", "details": null});
        return Reply::json(401, &error);
    };
    let wanted = asking.query("id").unwrap_or_default();
    let own = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
    if wanted != format!("eq.{own}") || asking.fact("no_row") == own {
        return Reply::json(200, &json!([]));
    }
    Reply::json(200, &json!([{ "is_admin": asking.fact("admin") == own }]))
}

/// The gateway lets nobody through who does not name the project.
fn gateway(asking: &Asking<'_>) -> Option<Reply> {
    let is_ours = asking.header("apikey") == Some(PUBLISHABLE_KEY);
    let error = json!({"message": "Invalid API key", "hint": "Double check your API key."});
    (!is_ours).then(|| Reply::json(401, &error))
}

fn refused(status: u16, code: &str, message: &str) -> Reply {
    Reply::json(status, &json!({"code": status, "error_code": code, "msg": message}))
}
