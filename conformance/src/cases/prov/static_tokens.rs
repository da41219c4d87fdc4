//! A table of tokens: whole tokens, looked up whole, while they last.

use super::{must_not_start, seen_by_handler};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need};
use crate::idp::static_tokens::{ANN, BRIEF};

const TABLE: &[Need] = &[Need::Vendor("static-tokens")];

pub(super) const CASES: &[Case] = &[
    Case::must("prov-static-tokens-known", "A token of the table", High)
        .refs(&["RFC 6750 §2.1"])
        .sends("A token of the table.")
        .expects("accepted as its user, with roles, permissions and scopes")
        .why("Tests and tools are users too.")
        .needs(TABLE)
        .scene(|bench| {
            Box::pin(async move {
                let user = seen_by_handler(bench, "known", ANN).await?;
                let is_whole = user.claim("sub") == Some("ann")
                    && user.has_role("clerk")
                    && user.has_permission("read:orders")
                    && user.has_scope("orders:read");
                require(is_whole, || "the user is another".to_owned())
            })
        }),
    Case::must("prov-static-tokens-almost", "Almost a token of the table", Critical)
        .refs(&["CWE-208"])
        .sends("The token with a character less, more, or another; in capitals; two in one; JSON.")
        .expects("refused with 401")
        .why("A comparison of parts is none.")
        .needs(TABLE)
        .scene(|bench| {
            Box::pin(async move {
                for token in [
                    ANN[..ANN.len() - 1].to_owned(),
                    ANN[1..].to_owned(),
                    format!("{ANN}A"),
                    format!("{ANN}="),
                    ANN.replace("5e", "5f"),
                    ANN.to_uppercase(),
                    format!("{ANN}{BRIEF}"),
                    "ann".to_owned(),
                ] {
                    bench.must_refuse(&token.replace("tok", ""), &token).await?;
                }
                bench.must_allow("the token", ANN).await
            })
        }),
    Case::must("prov-static-tokens-expiry", "A token that ends", High)
        .refs(&["RFC 7519 §4.1.4"])
        .sends("A token with an end, before it and at it.")
        .expects("accepted, refused with 401")
        .why("Who lends a token for a day should not have to remember it.")
        .needs(TABLE)
        .scene(|bench| {
            Box::pin(async move {
                bench.advance(59);
                bench.must_allow("a second before", BRIEF).await?;
                bench.advance(1);
                bench.must_refuse("at the end", BRIEF).await?;
                bench.must_allow("one without an end", ANN).await
            })
        }),
    Case::must("prov-static-tokens-weak", "Tokens that could be guessed", Medium)
        .refs(&["RFC 6750 §5.2", "CWE-521"])
        .sends("Tables with short tokens, tokens of few letters, twice the same, nobody's.")
        .expects("it does not start, and quotes no token")
        .why("A token that can be guessed is a password without a limit on tries.")
        .needs(TABLE)
        .scene(|bench| {
            Box::pin(async move {
                let user = r#"{"subject": "ann"}"#;
                for (table, says) in [
                    (format!(r#"{{"admin": {user}}}"#), "random"),
                    (format!(r#"{{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": {user}}}"#), "random"),
                    (format!(r#"{{"with space 5eL8vQ2rXw9mT1bYc4": {user}}}"#), "random"),
                    (format!(r#"{{"{ANN}": {{"subject": " "}}}}"#), "subject"),
                    (
                        format!(r#"{{"{ANN}": {{"subject": "a", "admin": true}}}}"#),
                        "one JSON object",
                    ),
                    ("{}".to_owned(), "at least one token"),
                    ("[]".to_owned(), "one JSON object"),
                ] {
                    must_not_start(bench, [("tokens", table)], says)?;
                }
                let table = format!(r#"{{"{}": {user}}}"#, &ANN[..20]);
                let texts = [("tokens", table)].into();
                let built = bench.registered().build_with(texts, bench.environment());
                let text = built.err().map(|error| error.to_string()).unwrap_or_default();
                let is_quoted = text.is_empty() || text.contains(&ANN[..20]);
                require(!is_quoted, || "it quotes the token".to_owned())
            })
        }),
];
