//! Who speaks for a tenant: its issuers, and the keys that may sign for it.
//!
//! In: the cloud's host and a tenant, or a token's claims. Out: names, or a refusal. See
//! <https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer>.

use auth_core::{AuthError, Claims, Domain};

/// A tenant's issuer in both versions.
pub(super) fn issuers(host: &Domain, tenant: &str) -> [String; 2] {
    let is_china = host.as_str().rsplit('.').next() == Some("cn");
    let first = if is_china { "sts.chinacloudapi.cn" } else { "sts.windows.net" };
    [format!("https://{host}/{tenant}/v2.0"), format!("https://{first}/{tenant}/")]
}

/// Several tenants are trusted, each to speak for itself only.
pub(super) fn is_of_its_tenant(host: &Domain, claims: &Claims) -> Result<(), AuthError> {
    let (tenant, issuer) = (claims.claim("tid").unwrap_or_default(), claims.issuer());
    let is_own = issuers(host, tenant).iter().any(|own| Some(own.as_str()) == issuer);
    is_own.then_some(()).ok_or(AuthError::IssuerMismatch)
}

/// A key signs for the tenant that it names, or for all where it has a place for them. Keys of both
/// versions name the issuer of the second.
pub(super) fn may_sign(host: &Domain, key_issuer: &str, claims: &Claims) -> Result<(), AuthError> {
    let tenant = claims.claim("tid").unwrap_or_default();
    let named = key_issuer.replace("{tenantid}", tenant);
    issuers(host, tenant).contains(&named).then_some(()).ok_or(AuthError::IssuerMismatch)
}

/// Whether it is the id of a tenant, as tokens spell it.
pub(super) fn is_guid(text: &str) -> bool {
    let is_hex = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || is_hex(byte))
}
