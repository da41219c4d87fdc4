//! Access tokens of an Okta custom authorization server.
//!
//! In: a token. Out: its claims, with `scp` as scopes and `groups` as roles. Checked: RS256 with the
//! server's keys, a named key, issuer, audience, times, the client if clients are listed, and that
//! it is an access token. See <https://developer.okta.com/docs/guides/validate-access-tokens/>.

use auth_core::jwt::Vocabulary;
use auth_core::{AuthProvider, Domain, Verifier};

use crate::id_token;

/// Accepts access tokens issued by an Okta custom authorization server.
#[derive(AuthProvider)]
#[auth(name = "okta")]
pub struct Okta {
    /// Okta domain, such as `acme.okta.com`, or the organization's custom domain.
    #[auth(env = "OKTA_DOMAIN")]
    domain: Domain,

    /// Issuer of the authorization server; `https://{domain}/oauth2/default` when absent.
    #[auth(env = "OKTA_ISSUER")]
    issuer: Option<String>,

    /// Audience that the token's `aud` must contain.
    #[auth(env = "OKTA_AUDIENCE", default = "api://default")]
    audience: String,

    /// Clients whose tokens are accepted, compared with `cid`; any when absent.
    #[auth(env = "OKTA_CLIENT_ID")]
    client_ids: Option<Vec<String>>,

    /// Claim that holds the user's groups, which are taken for roles.
    #[auth(env = "OKTA_GROUPS_CLAIM", default = "groups")]
    groups_claim: String,

    #[auth(init = server(domain, issuer.as_deref())?)]
    server: String,

    #[auth(verify = Verifier::remote(format!("{server}/v1/keys"))
        .issuer(server)
        .audience(audience)
        .require_key_id()
        .require("cid")
        .expect_if_given("cid", client_ids.as_ref())
        .check(id_token::refuse)
        .vocabulary(Vocabulary::new().scope_list(["scp"]).roles([groups_claim.as_str()])))]
    verifier: Verifier,
}

/// The issuer. Tokens of the organization's own server are for Okta itself, and its admin console
/// issues none.
fn server(domain: &Domain, issuer: Option<&str>) -> Result<String, String> {
    let base = domain.url("/oauth2/");
    let server = issuer.map_or_else(|| format!("{base}default"), str::to_owned);
    let is_console = domain.as_str().split('.').next().is_some_and(|name| name.ends_with("-admin"));
    match server.strip_prefix(&base) {
        Some(id) if !is_console && !id.is_empty() && !id.contains(['/', '?', '#']) => Ok(server),
        _ => Err(format!(
            "issuer has to be `{base}` and a server's id, on a domain without `-admin`: neither the \
             organization's own server nor the admin console issues tokens for others"
        )),
    }
}
