//! Which kind of token it is, as it says itself: a token that nobody has verified in, leave to
//! verify it out. A machine's token, an OAuth token or a template's must not pass for a session.
//!
//! What is refused here costs no key. Next: `auth_core::jwt`, then `session`.

use auth_core::jwt::Unverified;
use auth_core::{AuthError, Token};

/// `cat` of a session token, of a token made from a JWT template, and the one that says nothing.
const SESSION: &str = "cl_B7d4PD111AAA";
const TEMPLATE: &str = "cl_B7d4PD222AAA";
const UNMARKED: &str = "cl_I7d4PD111III";

/// How ids of machines begin.
const MACHINE: &str = "mch_";

/// What becomes of tokens that were made from a JWT template. They outlive the session that they
/// were made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Templates {
    Refused,
    Accepted,
}

impl From<bool> for Templates {
    fn from(is_accepted: bool) -> Self {
        if is_accepted { Self::Accepted } else { Self::Refused }
    }
}

/// Lets session tokens pass, and templates' if they are accepted.
///
/// Instances that are older than categories leave `cat` out: what tells their session tokens from
/// others is `sid`, which has to be there. `typ` `at+jwt` is refused by the verifier's own list.
pub(super) fn admit(token: &Token<'_>, templates: Templates) -> Result<(), AuthError> {
    let unverified = Unverified::read(token)?;
    let category = match unverified.member("cat") {
        None => None,
        Some(member) => Some(member.as_str().ok_or(AuthError::TypeNotAllowed)?),
    };
    let is_admitted = match category {
        None | Some(SESSION | UNMARKED) => true,
        Some(TEMPLATE) => templates == Templates::Accepted,
        Some(_) => false,
    };
    let is_machine = unverified.claim("sub").is_some_and(|sub| sub.starts_with(MACHINE));
    if is_admitted && !is_machine { Ok(()) } else { Err(AuthError::TypeNotAllowed) }
}
