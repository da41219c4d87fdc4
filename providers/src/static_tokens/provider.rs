//! Tokens that stand in a table, for tests and internal tools.
//!
//! In: a token. Out: the claims that the table has for it. Tokens are known by their SHA-256 alone;
//! every entry is compared, each in constant time. Nobody rotates or revokes such a token but
//! whoever edits the table, so building it logs a warning.

use std::sync::Arc;

use auth_core::clock::Clock;
use auth_core::{AuthError, AuthProvider, Authenticate, Claims, Request, Token};

use super::table::TokenTable;

/// Accepts tokens from a table, for tests and internal tools.
#[derive(AuthProvider)]
#[auth(name = "static-tokens")]
pub struct StaticTokens {
    /// The table as JSON: `{"<token>": {"subject": "ann", "roles": ["admin"]}}`.
    #[auth(env = "STATIC_TOKENS", secret)]
    tokens: TokenTable,

    #[auth(init = announced(tokens, Arc::clone(environment.clock())))]
    clock: Arc<dyn Clock>,
}

fn announced(tokens: &TokenTable, clock: Arc<dyn Clock>) -> Arc<dyn Clock> {
    tracing::warn!(
        target: "auth", entries = tokens.len(),
        "tokens from a table are accepted: they are meant for tests and internal tools"
    );
    clock
}

impl Authenticate for StaticTokens {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.tokens.find(token, self.clock.unix())
    }
}
