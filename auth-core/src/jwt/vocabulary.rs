//! Where a vendor's claims say what their user may do: paths of claims in, scopes, roles,
//! permissions and the organization out.
//!
//! Every vendor has its own words; a [`Vocabulary`] tells them once, so that rules and extractors
//! work for every vendor's user alike. Next: `claims`, which are asked through it.

use serde_json::{Map, Value};

/// The way to a claim: the names of its members from the outside in.
///
/// A name is taken as it is: dots and slashes in it mean nothing, so that namespaced claims such as
/// `https://acme.example/roles` are one name.
type Path = Vec<String>;

/// Where claims say what their user may do.
///
/// ```
/// use auth_core::jwt::Vocabulary;
///
/// let keycloak = Vocabulary::new()
///     .scopes(["scope"])
///     .roles(["realm_access", "roles"])
///     .roles(["resource_access", "my-api", "roles"]);
/// assert_ne!(keycloak, Vocabulary::default());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    scopes: Vec<Path>,
    scope_lists: Vec<Path>,
    roles: Vec<Path>,
    permissions: Vec<Path>,
    organization: Vec<Path>,
    service: Option<Path>,
}

/// The words of RFC 8693, section 4.2 (`scope`), RFC 9068, section 2.2.3.1 (`roles`), and
/// `permissions` and `org_id`, which most vendors use.
impl Default for Vocabulary {
    fn default() -> Self {
        Self::new()
            .scopes(["scope"])
            .roles(["roles"])
            .permissions(["permissions"])
            .organization(["org_id"])
    }
}

impl Vocabulary {
    /// No words at all.
    pub const fn new() -> Self {
        Self {
            scopes: Vec::new(),
            scope_lists: Vec::new(),
            roles: Vec::new(),
            permissions: Vec::new(),
            organization: Vec::new(),
            service: None,
        }
    }

    /// A claim that holds scopes: one text, separated by single spaces (RFC 6749, section 3.3). A
    /// list is not taken for one.
    pub fn scopes<S: Into<String>>(mut self, path: impl IntoIterator<Item = S>) -> Self {
        self.scopes.push(path.into_iter().map(Into::into).collect());
        self
    }

    /// A claim that holds scopes: a list of texts, one scope each.
    pub fn scope_list<S: Into<String>>(mut self, path: impl IntoIterator<Item = S>) -> Self {
        self.scope_lists.push(path.into_iter().map(Into::into).collect());
        self
    }

    /// A claim that holds roles: a list of texts, or one text that is one role. Empty texts are none.
    pub fn roles<S: Into<String>>(mut self, path: impl IntoIterator<Item = S>) -> Self {
        self.roles.push(path.into_iter().map(Into::into).collect());
        self
    }

    /// A claim that holds permissions: a list of texts, or one text that is one permission.
    pub fn permissions<S: Into<String>>(mut self, path: impl IntoIterator<Item = S>) -> Self {
        self.permissions.push(path.into_iter().map(Into::into).collect());
        self
    }

    /// A claim that names the organization, or the tenant, in which the user acts. The first of
    /// several that is a text, and not empty, counts.
    pub fn organization<S: Into<String>>(mut self, path: impl IntoIterator<Item = S>) -> Self {
        self.organization.push(path.into_iter().map(Into::into).collect());
        self
    }

    /// A claim that names callers whose `sub` is the empty text, as one vendor's services are. It has
    /// to be there then; without this an empty `sub` is refused.
    pub fn service<S: Into<String>>(mut self, path: impl IntoIterator<Item = S>) -> Self {
        self.service = Some(path.into_iter().map(Into::into).collect());
        self
    }

    pub(super) fn scopes_of<'c>(
        &self,
        claims: &'c Map<String, Value>,
    ) -> impl Iterator<Item = &'c str> {
        let spaced = self.scopes.iter().filter_map(|path| at(path, claims)?.as_str());
        let lists = self.scope_lists.iter().filter_map(|path| at(path, claims)?.as_array());
        let listed = lists.flatten().filter_map(Value::as_str);
        spaced.flat_map(|text| text.split(' ')).chain(listed).filter(|scope| !scope.is_empty())
    }

    pub(super) fn roles_of<'c>(
        &self,
        claims: &'c Map<String, Value>,
    ) -> impl Iterator<Item = &'c str> {
        all(&self.roles, claims)
    }

    pub(super) fn permissions_of<'c>(
        &self,
        claims: &'c Map<String, Value>,
    ) -> impl Iterator<Item = &'c str> {
        all(&self.permissions, claims)
    }

    pub(super) fn organization_of<'c>(&self, claims: &'c Map<String, Value>) -> Option<&'c str> {
        let mut named = self.organization.iter().filter_map(|path| at(path, claims)?.as_str());
        named.find(|name| !name.is_empty())
    }

    pub(super) fn service_of<'c>(&self, claims: &'c Map<String, Value>) -> Option<&'c str> {
        at(self.service.as_ref()?, claims)?.as_str()
    }
}

/// The texts at all of these paths.
fn all<'c>(paths: &[Path], claims: &'c Map<String, Value>) -> impl Iterator<Item = &'c str> {
    let named = paths.iter().filter_map(|path| at(path, claims)).flat_map(texts);
    named.filter(|text| !text.is_empty())
}

fn at<'c>(path: &[String], claims: &'c Map<String, Value>) -> Option<&'c Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(claims.get(first)?, |value, name| value.as_object()?.get(name))
}

/// The texts of a claim that is a text or a list of them.
pub(super) fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let (one, many) = match value {
        Value::String(text) => (Some(text.as_str()), [].as_slice()),
        Value::Array(items) => (None, items.as_slice()),
        _ => (None, [].as_slice()),
    };
    one.into_iter().chain(many.iter().filter_map(Value::as_str))
}
