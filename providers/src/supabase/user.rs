//! What is known of a Supabase user: verified claims in, Supabase's words out.

use std::fmt;
use std::sync::Arc;

use auth_core::{Claims, Principal, Secret};
use serde_json::Value;

/// A user of a Supabase project. `Debug` shows the names of the claims alone.
#[derive(Clone)]
pub struct SupabaseUser {
    claims: Claims,
    /// Their own token, so that the database sees them and not us.
    token: Arc<Secret<String>>,
}

impl SupabaseUser {
    pub(super) fn new(claims: Claims, token: &str) -> Self {
        Self { claims, token: Arc::new(Secret::from(token)) }
    }

    pub(super) fn token(&self) -> &Arc<Secret<String>> {
        &self.token
    }

    /// The user's id, a UUID.
    pub fn id(&self) -> &str {
        self.subject()
    }

    /// Their e-mail address, if they have one.
    pub fn email(&self) -> Option<&str> {
        self.text("email")
    }

    /// Their telephone number, if they have one.
    pub fn phone(&self) -> Option<&str> {
        self.text("phone")
    }

    /// The session that the token belongs to.
    pub fn session_id(&self) -> Option<&str> {
        self.text("session_id")
    }

    /// How surely they showed who they are: `aal1`, or `aal2` after a second factor.
    pub fn assurance_level(&self) -> Option<&str> {
        self.text("aal")
    }

    /// The role that they have in the database, `authenticated` unless a hook says otherwise.
    pub fn database_role(&self) -> Option<&str> {
        self.text("role")
    }

    /// Whether they never gave a name: a session without an account.
    pub fn is_anonymous(&self) -> bool {
        self.claims.get("is_anonymous").is_some_and(|claim| claim == &Value::Bool(true))
    }

    /// What the application noted about them, which they cannot change.
    pub fn app_metadata(&self, name: &str) -> Option<&Value> {
        self.claims.get("app_metadata")?.get(name)
    }

    /// What they say about themselves: never a reason to let them do anything.
    pub fn user_metadata(&self, name: &str) -> Option<&Value> {
        self.claims.get("user_metadata")?.get(name)
    }

    /// An empty text is what Supabase writes for none.
    fn text(&self, name: &str) -> Option<&str> {
        self.claims.claim(name).filter(|text| !text.is_empty())
    }
}

impl Principal for SupabaseUser {
    fn subject(&self) -> &str {
        self.claims.subject()
    }

    fn claims(&self) -> &Claims {
        &self.claims
    }
}

impl fmt::Debug for SupabaseUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SupabaseUser").field(&self.claims).finish()
    }
}
