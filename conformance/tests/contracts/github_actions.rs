//! What GitHub's fake promises (<https://docs.github.com/en/actions/reference/security/oidc>).

use auth_conformance::idp::github_actions::{GithubActionsFake, ISSUER};

use crate::shared::{assert_texts, claims, got, keys};

/// GET `/.well-known/openid-configuration`: an issuer without a slash, and its keys.
#[tokio::test]
async fn github_describes_itself() {
    let github = GithubActionsFake::start().await;
    let described = got(&github, &format!("{ISSUER}/.well-known/openid-configuration")).await;
    assert_eq!(described["issuer"], ISSUER);
    assert_eq!(described["jwks_uri"], format!("{ISSUER}/.well-known/jwks"));
}

/// GET `/.well-known/jwks`: keys for RS256.
#[tokio::test]
async fn github_has_two_keys() {
    let github = GithubActionsFake::start().await;
    let keys = keys(&github, &format!("{ISSUER}/.well-known/jwks")).await;
    assert!(keys.len() == 2 && keys.iter().all(|key| key["alg"] == "RS256"), "{keys:?}");
}

/// A job's token: ids are texts as well, and `sub` holds them beside the names.
#[tokio::test]
async fn a_token_says_which_workflow_asks() {
    let said = claims(&GithubActionsFake::start().await.good_token());
    assert_eq!(said["sub"], "repo:acme@65/shop@74:environment:production");
    assert_texts(
        &said,
        &["repository_id", "repository_owner_id", "repository", "repository_owner"],
    );
    assert_texts(&said, &["ref", "ref_type", "environment", "event_name", "actor", "run_id"]);
    assert_texts(&said, &["workflow_ref", "job_workflow_ref", "runner_environment", "jti"]);
}
