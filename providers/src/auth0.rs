//! Access tokens of an Auth0 tenant.
//!
//! In: a token in either of Auth0's profiles (its own, `typ` `JWT`, or RFC 9068, `typ` `at+jwt`).
//! Out: its claims. Checked: RS256 with the tenant's keys, issuer `https://{domain}/` with its
//! slash, audience, times, the organization if one is pinned, and that it is no ID token. See
//! <https://auth0.com/docs/secure/tokens/access-tokens>.

use auth_core::config::OneOrMore;
use auth_core::jwt::{ClaimPath, Vocabulary};
use auth_core::{AuthProvider, Claims, Domain, HmacSecret, Principal as _, Verifier};

use crate::id_token;

/// Accepts access tokens issued by an Auth0 tenant.
#[derive(AuthProvider)]
#[auth(name = "auth0")]
pub struct Auth0 {
    /// Tenant domain, such as `acme.eu.auth0.com`, or the tenant's custom domain.
    #[auth(env = "AUTH0_DOMAIN")]
    domain: Domain,

    /// Further domains of the same tenant: tokens name the one at which they were asked for.
    #[auth(env = "AUTH0_CUSTOM_DOMAINS", default)]
    custom_domains: Vec<Domain>,

    /// API identifier that the token's `aud` must contain, or several of which it must contain one.
    #[auth(env = "AUTH0_AUDIENCE")]
    audience: OneOrMore<String>,

    /// Organization that tokens must be for: its id (`org_…`), or its name. Any when absent.
    #[auth(env = "AUTH0_ORGANIZATION")]
    organization: Option<String>,

    /// Claim that holds roles, such as `https://acme.example/roles`; `roles` counts as well.
    #[auth(env = "AUTH0_ROLES_CLAIM")]
    roles_claim: Option<ClaimPath>,

    /// Signing secret of an API that is set to HS256, which replaces the tenant's keys.
    #[auth(env = "AUTH0_SIGNING_SECRET")]
    signing_secret: Option<HmacSecret>,

    #[auth(verify = match signing_secret {
            Some(secret) => Verifier::hmac(secret),
            None => Verifier::remote(domain.url("/.well-known/jwks.json")),
        }
        .issuer(domain.url("/"))
        .issuers(custom_domains.iter().map(|domain| domain.url("/")))
        .audiences(audience)
        .check(id_token::refuse)
        .expect_if_given(organization_claim(organization.as_deref()), organization.as_ref().map(|id| [id]))
        .vocabulary(roles_claim.iter().fold(Vocabulary::default(), Vocabulary::roles)))]
    verifier: Verifier,
}

impl Auth0 {
    /// Whether a token is a machine's own (client credentials), which acts for no person.
    ///
    /// ```
    /// use auth_core::Claims;
    /// use auth_providers::Auth0;
    ///
    /// let claims = |sub: &str| {
    ///     Claims::vouched_for([("sub".to_owned(), sub.into())].into_iter().collect())
    /// };
    /// assert!(Auth0::is_machine(&claims("a1B2c3@clients")));
    /// assert!(!Auth0::is_machine(&claims("auth0|507f1f77bcf86cd799439020")));
    /// ```
    pub fn is_machine(user: &Claims) -> bool {
        user.subject().ends_with("@clients")
    }
}

/// Ids begin with `org_`; names do not, and are in lower case.
fn organization_claim(organization: Option<&str>) -> &'static str {
    let is_id = organization.is_some_and(|text| text.starts_with("org_"));
    if is_id { "org_id" } else { "org_name" }
}
