//! One list of requests for axum, actix-web and tonic: each gets the same status from all of them,
//! and a refused one the same answer to the letter.

use auth_conformance::fake::Fake;
use auth_conformance::idp::auth0::Auth0Fake;

use crate::ask::Answer;
use crate::front::{Front, Place};

/// What a client brings.
#[derive(Debug, Clone, Copy)]
enum Token {
    None,
    Good,
    /// Good, with the scope `write:orders`.
    Writer,
    /// Signed with another key.
    Forged,
    Expired,
    /// For another audience.
    Elses,
}

/// What is asked, with what; the status, and what the client has to read: a challenge in a refusal,
/// the body otherwise.
type Line = (Place, Token, u16, &'static str);

const MISSING: &str = r#"Bearer realm="api", resource_metadata="https://api.acme.example/.well-known/oauth-protected-resource""#;
const INVALID: &str = r#"error="invalid_token""#;

const TABLE: [Line; 22] = [
    (Place::Health, Token::None, 200, "well"),
    (Place::Health, Token::Forged, 200, "well"),
    (Place::Feed, Token::None, 200, "for everybody"),
    (Place::Feed, Token::Good, 200, "for user-1"),
    (Place::Feed, Token::Forged, 401, INVALID),
    (Place::List, Token::None, 401, MISSING),
    (Place::List, Token::Good, 200, "orders of user-1"),
    (Place::List, Token::Forged, 401, INVALID),
    (Place::List, Token::Expired, 401, INVALID),
    (Place::List, Token::Elses, 401, INVALID),
    (Place::ListHead, Token::None, 401, MISSING),
    (Place::ListHead, Token::Forged, 401, INVALID),
    (Place::ListEscaped, Token::None, 400, ""),
    (Place::ListEscaped, Token::Good, 400, ""),
    (Place::Order, Token::None, 401, MISSING),
    (Place::Order, Token::Good, 403, r#"error="insufficient_scope""#),
    (Place::Order, Token::Good, 403, r#"scope="write:orders""#),
    (Place::Order, Token::Writer, 200, "ordered by user-1"),
    (Place::Elsewhere, Token::None, 401, MISSING),
    (Place::Elsewhere, Token::Forged, 401, INVALID),
    (Place::Document, Token::None, 200, r#""resource":"https://api.acme.example""#),
    (Place::DocumentHead, Token::Forged, 200, ""),
];

impl Token {
    fn text(self, auth0: &Fake) -> Option<String> {
        match self {
            Self::None => None,
            Self::Good => Some(auth0.good_token()),
            Self::Writer => Some(auth0.token(|draft| draft.claim("scope", "write:orders"))),
            Self::Forged => Some(auth0.token(|draft| draft.signed_by(&auth0.forge.keys.stranger))),
            Self::Expired => Some(auth0.token(|draft| draft.claim("exp", 1))),
            Self::Elses => Some(auth0.token(|draft| draft.claim("aud", "https://else.example"))),
        }
    }
}

/// What a refused client can tell.
fn told(answer: &Answer) -> [&str; 5] {
    let header = |name| answer.header(name);
    [
        header("www-authenticate"),
        header("content-type"),
        header("cache-control"),
        header("retry-after"),
        &answer.body,
    ]
}

#[tokio::test]
async fn the_same_requests_get_the_same_answers_from_axum_actix_and_tonic() {
    let auth0 = Auth0Fake::start().await;
    let fronts = Front::all(&auth0.environment());
    for (place, token, status, expected) in TABLE {
        let token_text = token.text(&auth0);
        let mut refusals = Vec::new();
        for front in &fronts {
            let line = format!("{}: {place:?}, {token:?}", front.name);
            let answer = front.ask(place, token_text.as_deref()).await;
            assert_eq!(answer.status, status, "{line}: {answer:?}");
            let is_refused = status >= 400;
            let read = if is_refused { answer.header("www-authenticate") } else { &answer.body };
            assert!(read.contains(expected), "{line}: {answer:?}");
            if matches!(place, Place::ListHead | Place::DocumentHead) {
                assert_eq!(answer.body, "", "{line}");
            }
            if is_refused {
                refusals.push(answer);
            }
        }
        for (refusal, front) in refusals.iter().zip(&fronts) {
            assert_eq!(told(refusal), told(&refusals[0]), "{}: {place:?}, {token:?}", front.name);
        }
    }
}
