//! Tokens of GitHub Actions workflows.
//!
//! In: an ID token that a job asked for with this server's audience. Out: its claims. Checked: RS256
//! with GitHub's keys, issuer, audience, times, and each allow-list that is configured, one of which
//! has to say whose workflows. `sub` is not read: its form differs between repositories. See
//! <https://docs.github.com/en/actions/reference/security/oidc>.

use auth_core::{AuthProvider, Verifier};

/// Accepts GitHub Actions workflows.
#[derive(AuthProvider)]
#[auth(name = "github-actions", check = Self::check)]
pub struct GithubActions {
    /// Audience that workflows ask for, such as this server's address.
    #[auth(env = "GITHUB_ACTIONS_AUDIENCE")]
    audience: String,

    /// Ids of the accounts whose repositories may call. This, `repository_ids` or `repositories` is
    /// required.
    #[auth(env = "GITHUB_ACTIONS_OWNER_IDS")]
    owner_ids: Option<Vec<String>>,

    /// Ids of the repositories that may call.
    #[auth(env = "GITHUB_ACTIONS_REPOSITORY_IDS")]
    repository_ids: Option<Vec<String>>,

    /// Repositories that may call, such as `acme/shop`. A name may change hands: prefer ids.
    #[auth(env = "GITHUB_ACTIONS_REPOSITORIES")]
    repositories: Option<Vec<String>>,

    /// Branches and tags that may call, such as `refs/heads/main`.
    #[auth(env = "GITHUB_ACTIONS_REFS")]
    refs: Option<Vec<String>>,

    /// Deployment environments that may call.
    #[auth(env = "GITHUB_ACTIONS_ENVIRONMENTS")]
    environments: Option<Vec<String>>,

    /// Workflows that may call (`job_workflow_ref`), such as
    /// `acme/shop/.github/workflows/deploy.yml@refs/heads/main`.
    #[auth(env = "GITHUB_ACTIONS_WORKFLOWS")]
    workflows: Option<Vec<String>>,

    /// Issuer: GitHub's own, an enterprise's, or `https://{host}/_services/token` of a server.
    #[auth(env = "GITHUB_ACTIONS_ISSUER", default = "https://token.actions.githubusercontent.com")]
    issuer: String,

    #[auth(verify = Verifier::remote(format!("{issuer}/.well-known/jwks"))
        .issuer(issuer)
        .audience(audience)
        .require("sub")
        .expect_if_given("repository_owner_id", owner_ids.as_ref())
        .expect_if_given("repository_id", repository_ids.as_ref())
        .expect_if_given("repository", repositories.as_ref())
        .expect_if_given("ref", refs.as_ref())
        .expect_if_given("environment", environments.as_ref())
        .expect_if_given("job_workflow_ref", workflows.as_ref()))]
    verifier: Verifier,
}

impl GithubActions {
    /// Everybody with a GitHub account gets tokens for any audience.
    fn check(&self) -> Result<(), &'static str> {
        let whose = [&self.owner_ids, &self.repository_ids, &self.repositories];
        whose.iter().any(|list| list.is_some()).then_some(()).ok_or(
            "owner_ids, repository_ids or repositories is required: set GITHUB_ACTIONS_OWNER_IDS",
        )
    }
}
