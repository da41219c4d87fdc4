//! Who speaks for a tenant: its issuers, and the keys that may sign for it.
//!
//! In: the cloud's host and the tenants on the list. Out: addresses and names, and checks of a
//! token's claims. See
//! <https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer>.

use auth_core::config::ValueError;
use auth_core::{AuthError, Claims, Domain};

/// The tenants on the list, in their cloud.
#[derive(Debug)]
pub(super) struct Tenants {
    ids: Vec<String>,
    host: Domain,
}

/// The cloud of everybody who has no other.
pub(super) fn public_cloud() -> Domain {
    Domain::parse("login.microsoftonline.com").expect("a host name")
}

/// Other libraries take the host from the same variable, as an address.
pub(super) fn authority(text: &str) -> Result<Domain, ValueError> {
    let host = text.strip_prefix("https://").unwrap_or(text);
    Domain::parse(host.strip_suffix('/').unwrap_or(host))
}

impl Tenants {
    /// Tenants by their ids, as tokens spell them.
    pub(super) fn of(ids: &[String], host: &Domain) -> Result<Self, String> {
        match ids.iter().find(|id| !is_guid(id)) {
            None => Ok(Self { ids: ids.to_vec(), host: host.clone() }),
            Some(id) => Err(format!(
                "tenant_ids: expected the id of a tenant, a GUID in lower case, found {id:?}"
            )),
        }
    }

    /// One tenant has a key set of its own; all share the other, in which keys name their tenants.
    pub(super) fn keys_url(&self) -> String {
        let set = if let [tenant] = &*self.ids { tenant } else { "common" };
        self.host.url(&format!("{set}/discovery/v2.0/keys"))
    }

    /// The issuers of all of them.
    pub(super) fn issuers(&self) -> impl Iterator<Item = String> {
        self.ids.iter().flat_map(|tenant| issuers(&self.host, tenant))
    }

    /// Several tenants are trusted, each to speak for itself only.
    pub(super) fn speaking_for_themselves(
        &self,
    ) -> impl Fn(&Claims) -> Result<(), AuthError> + Send + Sync + use<> {
        let host = self.host.clone();
        move |claims| {
            let (tenant, issuer) = (claims.claim("tid").unwrap_or_default(), claims.issuer());
            let is_own = issuers(&host, tenant).iter().any(|own| Some(own.as_str()) == issuer);
            is_own.then_some(()).ok_or(AuthError::IssuerMismatch)
        }
    }

    /// A key signs for the tenant that it names, or for all where it has a place for them. Keys of
    /// both versions name the issuer of the second.
    pub(super) fn signing_for_themselves(
        &self,
    ) -> impl Fn(&str, &Claims) -> Result<(), AuthError> + Send + Sync + use<> {
        let host = self.host.clone();
        move |key_issuer, claims| {
            let tenant = claims.claim("tid").unwrap_or_default();
            let named = key_issuer.replace("{tenantid}", tenant);
            issuers(&host, tenant).contains(&named).then_some(()).ok_or(AuthError::IssuerMismatch)
        }
    }
}

/// A tenant's issuer in both versions.
fn issuers(host: &Domain, tenant: &str) -> [String; 2] {
    let is_china = host.as_str().rsplit('.').next() == Some("cn");
    let first = if is_china { "sts.chinacloudapi.cn" } else { "sts.windows.net" };
    [format!("https://{host}/{tenant}/v2.0"), format!("https://{first}/{tenant}/")]
}

/// Whether it is the id of a tenant, as tokens spell it.
fn is_guid(text: &str) -> bool {
    let is_hex = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || is_hex(byte))
}
