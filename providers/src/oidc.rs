//! Access tokens of any OpenID Connect issuer.
//!
//! In: a JWT, or, when this server is a client of the issuer, an opaque token. Out: its claims. A
//! JWT is verified here, with keys that are found through the issuer's description of itself; an
//! opaque token is shown to the issuer (RFC 7662). Neither goes the other's way.

use std::sync::Arc;

use auth_core::introspection::Introspection;
use auth_core::jwt::{ClaimPath, Unverified, Vocabulary};
use auth_core::{
    Algorithm, AuthError, AuthProvider, Authenticate, Claims, Request, Secret, Token, Verifier,
};

use crate::id_token;

/// One algorithm for each kind of key, so that a key serves one purpose.
const ALGORITHMS: [Algorithm; 6] = [
    Algorithm::RS256,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::ES512,
    Algorithm::EdDSA,
    Algorithm::Ed25519,
];

/// Accepts access tokens issued by an OpenID Connect provider.
#[derive(AuthProvider)]
#[auth(name = "oidc", check = Self::check)]
pub struct Oidc {
    /// Issuer, exactly as its tokens and its description spell it, slash or no slash at the end.
    #[auth(env = "OIDC_ISSUER")]
    issuer: String,

    /// Audience that the token's `aud` must contain: this API, not the application.
    #[auth(env = "OIDC_AUDIENCE")]
    audience: String,

    /// Algorithms that tokens may be signed with; asymmetric ones only.
    #[auth(env = "OIDC_ALGORITHMS", default = ALGORITHMS.to_vec())]
    algorithms: Vec<Algorithm>,

    /// This server's client id at the issuer, for opaque tokens.
    #[auth(env = "OIDC_CLIENT_ID")]
    client_id: Option<String>,

    /// This server's client secret at the issuer, for opaque tokens.
    #[auth(env = "OIDC_CLIENT_SECRET")]
    client_secret: Option<Secret<String>>,

    /// Whether the issuer is asked about JWTs as well, so that revoked ones are refused.
    #[auth(env = "OIDC_INTROSPECT_JWTS", default)]
    introspect_jwts: bool,

    /// Claim that holds roles: a name, or a JSON pointer such as `/realm_access/roles`.
    #[auth(env = "OIDC_ROLES_CLAIM", default = ClaimPath::name("roles"))]
    roles_claim: ClaimPath,

    /// Claim that holds scopes, as one text or as a list.
    #[auth(env = "OIDC_SCOPE_CLAIM", default = ClaimPath::name("scope"))]
    scope_claim: ClaimPath,

    #[auth(init = Arc::new(Vocabulary::new()
        .roles(roles_claim)
        .scopes(scope_claim)
        .scope_list(scope_claim)
        .permissions(["permissions"])
        .organization(["org_id"])))]
    vocabulary: Arc<Vocabulary>,

    #[auth(init = Verifier::discover(issuer)
        .audience(audience)
        .algorithms(algorithms.iter().copied())
        .check(id_token::refuse)
        .build_in(environment)?)]
    verifier: Verifier,

    #[auth(init = match (client_id, client_secret) {
        (Some(id), Some(secret)) => Some(Introspection::discover(issuer)
            .client(id, secret)
            .audience(audience)
            .build_in(environment)?),
        _ => None,
    })]
    introspection: Option<Introspection>,
}

impl Oidc {
    fn check(&self) -> Result<(), &'static str> {
        match (&self.client_id, &self.client_secret) {
            (Some(_), None) => {
                Err("client_id is given without client_secret: give both or neither")
            }
            (None, Some(_)) => {
                Err("client_secret is given without client_id: give both or neither")
            }
            (None, None) if self.introspect_jwts => {
                Err("introspect_jwts needs client_id and client_secret")
            }
            _ => Ok(()),
        }
    }
}

impl Authenticate for Oidc {
    type User = Claims;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<Claims, AuthError> {
        let claims = match &self.introspection {
            Some(introspection) if !Unverified::is_attempted(token) => {
                ask(introspection, token, request).await?
            }
            Some(introspection) if self.introspect_jwts => {
                let claims = self.verifier.verify_request(token, request).await?;
                let said = ask(introspection, token, request).await?;
                if said.claim("sub") != claims.claim("sub") {
                    return Err(AuthError::ClaimMismatch("sub".into()));
                }
                claims
            }
            _ => self.verifier.verify_request(token, request).await?,
        };
        Ok(claims.speaking(&self.vocabulary))
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}

/// What the issuer says of a token now.
async fn ask(
    introspection: &Introspection,
    token: &Token<'_>,
    request: &Request<'_>,
) -> Result<Claims, AuthError> {
    let claims = introspection.verify_request(token, request).await?;
    id_token::refuse(&claims)?;
    Ok(claims)
}
