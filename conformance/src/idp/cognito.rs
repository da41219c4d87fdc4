//! Amazon Cognito as a subject sees it: a user pool with two keys, and access tokens without an
//! audience
//! (<https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html>).

use serde_json::{Map, Value, json};

use super::Vendor;
use super::description::description;
use super::endpoint::Endpoint;
use super::vendor::labelled_key_set;

crate::fake::named! {
    /// A running user pool.
    CognitoFake, VENDOR
}

/// The app client that tokens are for.
pub const CLIENT: &str = "5h57kf5k6b8n3lq0u8a2c1d9e7";

/// The pool's regional issuer.
pub const ISSUER: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";

/// A user pool of Amazon Cognito.
pub const VENDOR: Vendor = Vendor {
    provider: "cognito",
    variables: &[("COGNITO_USER_POOL_ID", "eu-west-1_AbCdEfGhI"), ("COGNITO_CLIENT_IDS", CLIENT)],
    subject: "6d8c1f9e-1d2a-4b5e-8a77-0c9e5b3f2a10",
    claims,
    required: &["token_use", "client_id"],
    key_set: labelled_key_set,
    endpoints: &[Endpoint {
        name: "description",
        host: "cognito-idp.eu-west-1.amazonaws.com",
        method: "GET",
        path: "/eu-west-1_AbCdEfGhI/.well-known/openid-configuration",
        is_asked: false,
        answer: |_| description(ISSUER, &format!("{ISSUER}/.well-known/jwks.json")),
    }],
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "token_use": "access",
        "client_id": CLIENT,
        "scope": "aws.cognito.signin.user.admin orders/read",
        "username": "ada",
        "cognito:groups": ["clerks"],
        "version": 2,
        "origin_jti": "f2f6b6f0-2f1e-4c43-8b60-8f5d6e1a7c11",
        "event_id": "a0c3d2e1-5b4f-4a3e-9d2c-1b0a9f8e7d6c",
        "jti": "1e9b4f2a-7c6d-4e5f-8a9b-0c1d2e3f4a5b",
    });
    claims.as_object().cloned().unwrap_or_default()
}
