//! What a resource tells clients of itself (RFC 9728): who issues tokens for it, and which scopes
//! there are.
//!
//! In: an application's description. Out: a JSON document, the path it is served at, and the address
//! that challenges name. None of it depends on what a request says. Next: `gate`.

use std::sync::Arc;

use serde::Serialize;
use url::Url;

/// Where RFC 9728, section 3, puts the document: before the path of the resource.
const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// A description of this resource for clients (RFC 9728, section 2).
///
/// ```
/// use auth_core::metadata::ResourceMetadata;
///
/// let metadata = ResourceMetadata::of("https://api.acme.example/mcp")
///     .authorization_server("https://acme.eu.auth0.com/")
///     .scopes(["read:orders"])
///     .name("Orders");
/// # let _ = metadata;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceMetadata {
    resource: String,
    authorization_servers: Vec<String>,
    scopes: Vec<String>,
    name: Option<String>,
    documentation: Option<String>,
}

/// A finished description.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// Where it is served.
    pub(crate) path: String,
    /// Where a client finds it.
    pub(crate) address: Arc<str>,
    /// What is served.
    pub(crate) json: Arc<str>,
}

/// The members of the document, in the order of the RFC.
#[derive(Serialize)]
struct Members<'m> {
    resource: &'m str,
    authorization_servers: &'m [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    scopes_supported: &'m [String],
    bearer_methods_supported: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_name: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_documentation: Option<&'m str>,
}

impl ResourceMetadata {
    /// A description of the resource at this address, which tokens name as their audience: https
    /// (plain HTTP on this very machine), without query and fragment. It is compared byte for byte
    /// by clients, so it is published as it stands here.
    pub fn of(resource: impl Into<String>) -> Self {
        Self {
            resource: resource.into(),
            authorization_servers: Vec::new(),
            scopes: Vec::new(),
            name: None,
            documentation: None,
        }
    }

    /// An issuer whose tokens are accepted. Call it again for another one.
    pub fn authorization_server(mut self, issuer: impl Into<String>) -> Self {
        self.authorization_servers.push(issuer.into());
        self
    }

    /// The scopes that there are; those that the gate's rules ask for are added.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes.extend(scopes.into_iter().map(Into::into));
        self
    }

    /// A name for people.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The address of a page for developers.
    pub fn documentation(mut self, address: impl Into<String>) -> Self {
        self.documentation = Some(address.into());
        self
    }

    /// Everything that is wrong with it.
    pub(crate) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let addresses = std::iter::once(("the resource", &self.resource)).chain(
            self.authorization_servers.iter().map(|issuer| ("an authorization server", issuer)),
        );
        for (what, text) in addresses {
            if resource_url(text).is_none() {
                problems.push(format!(
                    "resource metadata: {what} has to be an https:// address without user name, query \
                     and fragment"
                ));
            }
        }
        if self.authorization_servers.is_empty() {
            problems.push("resource metadata: it names no authorization server".to_owned());
        }
        problems
    }

    /// The document. Called once there are no problems.
    pub(crate) fn finish(mut self, scopes_of_rules: &[&str]) -> Document {
        self.scopes.extend(scopes_of_rules.iter().map(|scope| (*scope).to_owned()));
        self.scopes.sort_unstable();
        self.scopes.dedup();
        let (path, address) = match resource_url(&self.resource) {
            Some(url) => place(&url),
            None => (WELL_KNOWN.to_owned(), WELL_KNOWN.to_owned()),
        };
        let members = Members {
            resource: &self.resource,
            authorization_servers: &self.authorization_servers,
            scopes_supported: &self.scopes,
            bearer_methods_supported: ["header"],
            resource_name: self.name.as_deref(),
            resource_documentation: self.documentation.as_deref(),
        };
        let json = serde_json::to_string(&members).unwrap_or_default();
        Document { path, address: address.into(), json: json.into() }
    }
}

/// The answer that holds the document: the same for everybody.
#[cfg(any(feature = "actix", feature = "tower"))]
pub(crate) fn to_response(document: &str) -> http::Response<bytes::Bytes> {
    use http::HeaderValue;
    use http::header::{CACHE_CONTROL, CONTENT_TYPE};

    let mut answer = http::Response::new(bytes::Bytes::copy_from_slice(document.as_bytes()));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    answer
}

fn resource_url(text: &str) -> Option<Url> {
    let url = crate::jwks::parse_address(text).ok()?;
    let is_plain = url.query().is_none() && url.fragment().is_none() && !text.contains(['"', '\\']);
    is_plain.then_some(url)
}

/// The path and the address of the document about this resource: the well-known part stands between
/// host and path (RFC 9728, section 3.1).
fn place(resource: &Url) -> (String, String) {
    let path = format!("{WELL_KNOWN}{}", resource.path().trim_end_matches('/'));
    let mut address = resource.clone();
    address.set_path(&path);
    (path, address.into())
}
