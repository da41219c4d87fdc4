//! Access tokens of an Okta custom authorization server.
//!
//! In: a token. Out: its claims, with `scp` as scopes and `groups` as roles. Checked: RS256 with the
//! server's keys, a named key, issuer, audience, times, the client if clients are listed, and that
//! it is an access token. See <https://developer.okta.com/docs/guides/validate-access-tokens/>.

use auth_core::jwt::Vocabulary;
use auth_core::{AuthError, AuthProvider, Claims, Domain, Verifier};

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

    #[auth(verify = verifier(server, client_ids.as_deref())
        .audience(audience)
        .vocabulary(Vocabulary::new().scope_list(["scp"]).roles([groups_claim.as_str()])))]
    verifier: Verifier,
}

/// The issuer. Tokens of the organization's own server are for Okta itself, and its admin console
/// issues none.
fn server(domain: &Domain, issuer: Option<&str>) -> Result<String, String> {
    if domain.as_str().split('.').next().is_some_and(|name| name.ends_with("-admin")) {
        return Err("domain is that of the admin console: leave out `-admin`".to_owned());
    }
    let base = domain.url("/oauth2/");
    let Some(issuer) = issuer else { return Ok(format!("{base}default")) };
    let id = issuer.strip_prefix(&base).unwrap_or_default();
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if id.is_empty() || !id.bytes().all(is_id) {
        return Err(format!(
            "issuer has to be `{base}` and an authorization server's id, with no slash at the end: \
             tokens of the organization's own server are for Okta alone"
        ));
    }
    Ok(issuer.to_owned())
}

fn verifier(server: &str, clients: Option<&[String]>) -> auth_core::jwt::VerifierBuilder {
    let verifier = Verifier::remote(format!("{server}/v1/keys"))
        .issuer(server)
        .require_key_id()
        .require("cid")
        .check(access_token);
    match clients {
        Some(clients) => verifier.expect("cid", clients),
        None => verifier,
    }
}

/// Okta marks the kind in the token's id, `AT.` or `ID.`.
fn access_token(claims: &Claims) -> Result<(), AuthError> {
    id_token::refuse(claims)?;
    let is_other = claims.claim("jti").is_some_and(|id| id.starts_with("ID."));
    if is_other { Err(AuthError::TypeNotAllowed) } else { Ok(()) }
}
