//! Which tokens are AuthKit session tokens of one client: client and hosts in, a verifier out.
//!
//! The keys are those of the client alone, and so nobody else's token has a signature that fits.
//! The issuer has more than one form, and which one depends on the age of the environment: all
//! forms of the configured client are trusted, and no other client's. Next: `directory`.

use auth_core::jwt::{ClaimPath, VerifierBuilder, Vocabulary};
use auth_core::{AuthError, Claims, Domain, Environment, Verifier};
use url::Url;

use super::client_id::ClientId;

/// Where WorkOS is, for whoever has no custom domain.
const API: &str = "https://api.workos.com";

/// The address of the interface: the custom domain, or WorkOS's own.
pub(super) fn base(api_hostname: Option<&Domain>) -> String {
    api_hostname.map_or_else(|| API.to_owned(), |host| format!("https://{host}"))
}

/// What a session token has to say.
pub(super) struct Sessions<'o> {
    pub(super) client_id: &'o ClientId,
    pub(super) base: &'o str,
    /// Instead of every form that this client's tokens have.
    pub(super) issuers: Option<&'o [String]>,
    pub(super) audience: &'o Option<String>,
    /// The one organization that is let in, and the claim that names it.
    pub(super) pinned: Option<(&'o String, &'o ClaimPath)>,
    pub(super) vocabulary: Vocabulary,
}

impl Sessions<'_> {
    /// A verifier for these sessions. <https://workos.com/docs/authkit/sessions>
    ///
    /// # Errors
    ///
    /// What is wrong with the options.
    pub(super) fn verifier(self, environment: &Environment) -> Result<Verifier, String> {
        let client = self.client_id.as_str().to_owned();
        let issuers = issuers(self.client_id, self.base, self.issuers)?;
        let verifier = Verifier::remote(format!("{}/sso/jwks/{client}", self.base))
            .require("sub")
            .check(move |claims| named_client(claims, &client))
            .danger_optional_audience(self.audience)
            .vocabulary(self.vocabulary);
        let verifier = issuers.into_iter().fold(verifier, VerifierBuilder::issuer);
        let verifier = match self.pinned {
            Some((organization, path)) => {
                let (organization, path) = (organization.clone(), path.clone());
                verifier.check(move |claims| pinned(claims, &organization, &path))
            }
            None => verifier,
        };
        verifier.build_in(environment).map_err(|error| error.to_string())
    }
}

/// Newer tokens name their client: where they do, it is ours.
fn named_client(claims: &Claims, client: &str) -> Result<(), AuthError> {
    match claims.get("client_id") {
        Some(named) if named != client => Err(AuthError::ClaimMismatch("client_id".into())),
        _ => Ok(()),
    }
}

/// A token of any other organization, or of none, is refused.
fn pinned(claims: &Claims, organization: &str, path: &ClaimPath) -> Result<(), AuthError> {
    let name = || path.to_string().into();
    match path.text(claims) {
        None => Err(AuthError::ClaimMissing(name())),
        Some(named) if named == organization => Ok(()),
        Some(_) => Err(AuthError::ClaimMismatch(name())),
    }
}

/// The issuers to trust: those that are listed, or every form that this client's tokens have.
///
/// # Errors
///
/// When one of the list is another client's.
fn issuers(
    client_id: &ClientId,
    base: &str,
    listed: Option<&[String]>,
) -> Result<Vec<String>, String> {
    let Some(listed) = listed else {
        let hosts = if base == API { vec![API] } else { vec![base, API] };
        let forms = |host: &str| [host.to_owned(), format!("{host}/user_management/{client_id}")];
        return Ok(hosts.into_iter().flat_map(forms).collect());
    };
    match listed.iter().find(|issuer| is_of_another(client_id, issuer)) {
        Some(other) => Err(format!("{other:?} is another client's issuer: name {client_id} in it")),
        None => Ok(listed.to_vec()),
    }
}

/// Whether the address names a client, and not this one.
fn is_of_another(client_id: &ClientId, issuer: &str) -> bool {
    let Ok(url) = Url::parse(issuer) else { return false };
    let mut before = "";
    url.path_segments().into_iter().flatten().any(|segment| {
        let names_a_client = matches!(before, "user_management" | "sso" | "convex");
        before = segment;
        (names_a_client || segment.starts_with("client_")) && segment != client_id.as_str()
    })
}

/// What the claims of session tokens are called; a JWT template may call roles and permissions
/// something else.
pub(super) fn vocabulary(roles: Option<&ClaimPath>, permissions: Option<&ClaimPath>) -> Vocabulary {
    let vocabulary = Vocabulary::new().organization(["org_id"]);
    let vocabulary = match roles {
        Some(path) => vocabulary.roles(path.names()),
        None => vocabulary.roles(["roles"]).roles(["role"]),
    };
    match permissions {
        Some(path) => vocabulary.permissions(path.names()),
        None => vocabulary.permissions(["permissions"]),
    }
}
