//! Who a question is about: a membership, for the same person may do one thing in one organization
//! and another in the next. Next: `interface`.

use std::fmt;

/// A user in an organization.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FgaMember {
    pub(super) user: String,
    pub(super) membership: String,
}

impl FgaMember {
    /// By the user's id, `user_…`, and the membership's, `om_…`.
    pub fn new(user: impl Into<String>, membership: impl Into<String>) -> Self {
        Self { user: user.into(), membership: membership.into() }
    }

    /// The id of the membership.
    pub fn membership_id(&self) -> &str {
        &self.membership
    }
}

/// Nothing: it is about a person.
impl fmt::Debug for FgaMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FgaMember")
    }
}
