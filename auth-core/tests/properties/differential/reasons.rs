//! The whole list of what we refuse and `jsonwebtoken`, set as strictly as it can be, accepts.
//!
//! In: our refusal and the token's draft. Out: whether the list explains it: the code has to be
//! on it, about that claim, and the draft has to hold what the reason speaks of.

use auth_core::AuthError;

use super::draft::Draft;

/// One difference that is meant.
#[derive(Debug)]
pub(super) struct Reason {
    pub(super) code: &'static str,
    /// The claims or header members that it is about; empty for the document as a whole.
    about: &'static [&'static str],
    #[expect(dead_code, reason = "it is there to be read, here and in a failure's message")]
    why: &'static str,
}

impl Reason {
    pub(super) fn explains(&self, refusal: &AuthError, draft: &Draft) -> bool {
        let names_it = refusal.claim().is_none_or(|claim| self.about.contains(&claim));
        let is_there = self.about.is_empty() || self.about.iter().any(|name| draft.touches(name));
        self.code == refusal.code() && names_it && is_there
    }
}

const fn because(code: &'static str, about: &'static [&'static str], why: &'static str) -> Reason {
    Reason { code, about, why }
}

pub(super) const ALL: [Reason; 12] = [
    because("expired", &["exp"], "RFC 7519, 4.1.4: on its very second, or within it, it is over"),
    because("not_yet_valid", &["nbf"], "a fraction of a second is compared, not rounded"),
    because("issued_in_the_future", &["iat"], "a token from the future is from a wrong clock"),
    because("claim_malformed", &["iss"], "RFC 7519, 4.1.1: `iss` is one text, not a list"),
    because("claim_malformed", &["aud"], "RFC 7519, 4.1.3: `aud` is texts only"),
    because("claim_malformed", &["sub", "azp"], "a text, and it becomes a user's or client's id"),
    because("claim_malformed", &["exp", "nbf", "iat"], "a number, and not after the year 9999"),
    because("claims_malformed", &[], "one object, each member once, no reserved names"),
    because("header_malformed", &[], "each member once, no null, no payload but plain base64url"),
    because("critical_header", &["crit"], "RFC 7515, 4.1.11: who does not understand it refuses"),
    because("type_not_allowed", &["typ"], "RFC 8725, 3.11: another type is for another use"),
    because("key_id_malformed", &["kid"], "an id of no use, kept out of logs and of the cache"),
];
