//! GitHub Actions as a subject sees it: two keys, and tokens that say which workflow asks
//! (<https://docs.github.com/en/actions/reference/security/oidc>).

use serde_json::{Map, Value, json};

use super::Vendor;
use super::description::description;
use super::endpoint::Endpoint;
use super::vendor::labelled_key_set;

crate::fake::named! {
    /// GitHub, issuing tokens to workflows.
    GithubActionsFake, VENDOR
}

/// The issuer.
pub const ISSUER: &str = "https://token.actions.githubusercontent.com";

/// GitHub, for the repositories of one account.
pub const VENDOR: Vendor = Vendor {
    provider: "github-actions",
    variables: &[
        ("GITHUB_ACTIONS_AUDIENCE", "https://deploy.acme.example"),
        ("GITHUB_ACTIONS_OWNER_IDS", "65"),
    ],
    subject: "repo:acme@65/shop@74:environment:production",
    claims,
    required: &["repository_owner_id"],
    key_set: labelled_key_set,
    endpoints: &[Endpoint {
        name: "description",
        host: "token.actions.githubusercontent.com",
        method: "GET",
        path: "/.well-known/openid-configuration",
        is_asked: false,
        answer: |_| description(ISSUER, &format!("{ISSUER}/.well-known/jwks")),
    }],
    ..Vendor::PLAIN
};

fn claims() -> Map<String, Value> {
    let claims = json!({
        "jti": "4f1d2c3b-6a5e-4d7c-8b9a-0f1e2d3c4b5a",
        "ref": "refs/heads/main",
        "ref_type": "branch",
        "sha": "0f3c1a5e7b9d2c4f6a8e0b1d3f5a7c9e1b3d5f70",
        "repository": "acme/shop",
        "repository_id": "74",
        "repository_owner": "acme",
        "repository_owner_id": "65",
        "repository_visibility": "private",
        "environment": "production",
        "actor": "ada",
        "actor_id": "12",
        "event_name": "push",
        "workflow": "deploy",
        "workflow_ref": "acme/shop/.github/workflows/deploy.yml@refs/heads/main",
        "job_workflow_ref": "acme/shop/.github/workflows/deploy.yml@refs/heads/main",
        "run_id": "30433642",
        "run_attempt": "1",
        "runner_environment": "github-hosted",
    });
    claims.as_object().cloned().unwrap_or_default()
}
