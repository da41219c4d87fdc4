//! A user of a Firebase project, in Firebase's words.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use auth_core::{Claims, Principal};
use serde_json::{Map, Value};

use super::rules;

/// Who is calling, and what Firestore holds for them. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct FirebaseUser {
    claims: Claims,
    document: Option<Arc<Map<String, Value>>>,
}

impl FirebaseUser {
    pub(super) const fn new(claims: Claims, document: Option<Arc<Map<String, Value>>>) -> Self {
        Self { claims, document }
    }

    /// The user's id in the project, or in the tenant if they are of one.
    pub fn uid(&self) -> &str {
        self.claims.subject()
    }

    /// The address, if Firebase knows that it is the user's.
    pub fn verified_email(&self) -> Option<&str> {
        self.claims.claim("email").filter(|_| self.is_verified())
    }

    /// The address, if all that is known is that the user, or whoever signed them up, wrote it. It
    /// says nothing about who they are.
    pub fn unverified_email(&self) -> Option<&str> {
        self.claims.claim("email").filter(|_| !self.is_verified())
    }

    /// The tenant of Identity Platform that the user is of.
    pub fn tenant(&self) -> Option<&str> {
        rules::tenant(&self.claims).ok().flatten()
    }

    /// How the user signed in: `password`, `phone`, `google.com`, `oidc.acme`, `custom`, or
    /// `anonymous`, which anybody can.
    pub fn sign_in_provider(&self) -> Option<&str> {
        self.claims.get("firebase")?.get("sign_in_provider")?.as_str()
    }

    /// When the user signed in, since 1970: tokens are renewed without that.
    pub fn signed_in_at(&self) -> Option<Duration> {
        rules::signed_in_at(&self.claims).ok().map(Duration::from_secs)
    }

    /// The fields of the user's access document; `None` when there is no document, or none is looked
    /// for.
    pub fn access(&self) -> Option<&Map<String, Value>> {
        self.document.as_deref()
    }

    fn is_verified(&self) -> bool {
        self.claims.get("email_verified") == Some(&Value::Bool(true))
    }
}

impl Principal for FirebaseUser {
    fn subject(&self) -> &str {
        self.uid()
    }

    fn claims(&self) -> &Claims {
        &self.claims
    }
}

/// Names only: the values are about a person.
impl fmt::Debug for FirebaseUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.document.as_deref().map(|fields| fields.keys().collect::<Vec<_>>());
        f.debug_struct("FirebaseUser")
            .field("claims", &self.claims)
            .field("access", &fields)
            .finish_non_exhaustive()
    }
}
