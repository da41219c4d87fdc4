//! The organizations of a user, as Clerk says now: a user's id in, all of them out, page by page.
//!
//! For rights that were withdrawn since the token was issued, and for rules about organizations in
//! which the user does not act at the moment. Next: `user`.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use auth_core::upstream::{Memo, Upstream, UpstreamError};
use auth_core::{AuthError, Environment};
use serde::Deserialize;

use super::api;

/// Memberships a page, and the most pages of one user.
const PAGE: usize = 100;
const MAX_PAGES: usize = 10;

/// A membership of a user in an organization.
#[derive(Clone, PartialEq, Eq)]
pub struct ClerkMembership {
    organization_id: String,
    organization_slug: Option<String>,
    role: String,
    permissions: BTreeSet<String>,
}

/// All of one user.
pub(super) type All = Arc<[ClerkMembership]>;

/// Who asks for memberships.
#[derive(Debug)]
pub(super) struct Memberships {
    api: Upstream,
    memo: Memo<String, All>,
}

#[derive(Deserialize)]
struct Page {
    data: Vec<Entry>,
    total_count: usize,
}

#[derive(Deserialize)]
struct Entry {
    role: String,
    permissions: BTreeSet<String>,
    organization: Named,
    #[serde(default)]
    public_user_data: Option<Member>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    slug: Option<String>,
}

#[derive(Deserialize)]
struct Member {
    user_id: Option<String>,
}

/// What Clerk says when there is nobody of that id.
#[derive(Deserialize)]
struct Errors {
    errors: Vec<Code>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

impl Memberships {
    pub(super) fn open(
        api: Option<&Upstream>,
        cache_for: Duration,
        environment: &Environment,
    ) -> Result<Self, String> {
        let api = api::needed(api, "fetch_memberships")?;
        Ok(Self { api, memo: Memo::new(api::keeping(cache_for)?, environment) })
    }

    /// All memberships of a user.
    pub(super) async fn of(&self, user: &str) -> Result<All, AuthError> {
        let (api, id) = (self.api.clone(), user.to_owned());
        let known = self.memo.get(user.to_owned(), || async move { all(&api, &id).await });
        match known.await {
            Ok(all) => Ok(all),
            Err(UpstreamError::NotFound(body)) if is_nobody(body.json()) => {
                Err(AuthError::UserInactive)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Whether a 404 is about the user, and not about the address.
fn is_nobody(errors: Option<Errors>) -> bool {
    errors.is_some_and(|all| all.errors.iter().any(|error| error.code == "resource_not_found"))
}

/// Every page, up to a limit: half a list would be a wrong one.
async fn all(api: &Upstream, user: &str) -> Result<All, UpstreamError> {
    let mut all = Vec::new();
    for _ in 0..MAX_PAGES {
        let page = page(api, user, all.len()).await?;
        let (count, total) = (page.data.len(), page.total_count);
        for entry in page.data {
            all.push(entry.of(user)?);
        }
        if all.len() >= total {
            return Ok(all.into());
        }
        if count == 0 {
            return Err(UpstreamError::Malformed("a page is empty, and more was announced"));
        }
    }
    Err(UpstreamError::Malformed("the user has too many memberships to ask for"))
}

async fn page(api: &Upstream, user: &str, offset: usize) -> Result<Page, UpstreamError> {
    let question = api
        .get(&["users", user, "organization_memberships"])
        .query("limit", &PAGE.to_string())
        .query("offset", &offset.to_string());
    question.json().await
}

impl Entry {
    fn of(self, user: &str) -> Result<ClerkMembership, UpstreamError> {
        let member = self.public_user_data.and_then(|data| data.user_id);
        if member.is_some_and(|member| member != user) {
            return Err(UpstreamError::Malformed("it is about another user"));
        }
        Ok(ClerkMembership {
            organization_id: self.organization.id,
            organization_slug: self.organization.slug,
            role: self.role,
            permissions: self.permissions,
        })
    }
}

impl ClerkMembership {
    /// The organization (`org_…`).
    pub fn organization_id(&self) -> &str {
        &self.organization_id
    }

    /// Its slug, if it has one.
    pub fn organization_slug(&self) -> Option<&str> {
        self.organization_slug.as_deref()
    }

    /// The user's role in it, such as `org:admin`.
    pub fn role(&self) -> &str {
        &self.role
    }

    /// The permissions of that role.
    pub fn permissions(&self) -> impl Iterator<Item = &str> {
        self.permissions.iter().map(String::as_str)
    }

    pub(super) fn has_permission(&self, permission: &str) -> bool {
        self.permissions.contains(permission)
    }
}

/// The organization alone: what somebody is there is about a person.
impl fmt::Debug for ClerkMembership {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClerkMembership({})", self.organization_id)
    }
}
