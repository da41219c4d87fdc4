//! Several providers behind one gate: whose a token is, who is asked, and whose rule counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use auth_core::composite::{Composite, CompositeBuilder};
use auth_core::token::TokenSource;
use auth_core::{
    Access, Algorithm, AuthError, Authenticate, Claims, Configured, Gate, HmacSecret,
    Principal as _, Request, Token, Verifier,
};
use futures_util::FutureExt as _;
use serde_json::{Value, json};

use crate::keys::{SECRET, mac};
use crate::{AUDIENCE, environment, good_claims};

const OTHER_SECRET: &str = "another-0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const A: &str = "https://a.example";
const B: &str = "https://b.example";

/// Accepts tokens under a secret, in outages none, and counts what it is asked.
struct Local {
    verifier: Verifier,
    is_away: bool,
    asked: Arc<AtomicUsize>,
}

impl Authenticate for Local {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.is_away {
            return Err(AuthError::KeysUnavailable("the network is away".into()));
        }
        self.verifier.verify(token).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}

/// Knows one text.
struct Table(&'static str);

impl Authenticate for Table {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        let members = json!({"sub": "tool"}).as_object().cloned().unwrap_or_default();
        let is_known = token.expose() == self.0;
        is_known.then(|| Claims::vouched_for(members)).ok_or(AuthError::TokenInactive)
    }
}

/// A member, and how often it was asked.
type Counted = (Configured<Local>, Arc<AtomicUsize>);

fn member(name: &'static str, secret: &str, issuer: Option<&str>) -> Counted {
    with(name, secret, issuer, false)
}

fn with(name: &'static str, secret: &str, issuer: Option<&str>, is_away: bool) -> Counted {
    let verifier = Verifier::hmac(&HmacSecret::parse(secret).unwrap());
    let verifier = match issuer {
        Some(issuer) => verifier.issuer(issuer),
        None => verifier.danger_accept_any_issuer(),
    };
    let verifier = verifier.audience(AUDIENCE).build_in(&environment()).unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let local = Local { verifier, is_away, asked: Arc::clone(&asked) };
    (Configured::new(local, name), asked)
}

fn token(secret: &str, issuer: &str) -> String {
    let mut claims = good_claims();
    claims["iss"] = json!(issuer);
    mac(Algorithm::HS256, secret, &claims)
}

fn unnamed(secret: &str) -> String {
    let mut claims = good_claims();
    claims.as_object_mut().unwrap().remove("iss");
    mac(Algorithm::HS256, secret, &claims)
}

/// What a gate decides about a token: the subject, or the code.
fn decide(composite: &Gate<Composite>, token: &str) -> Result<String, &'static str> {
    let request = http::Request::get("/").header("authorization", format!("Bearer {token}"));
    let request = request.body(()).unwrap();
    let view = Request::from(&request);
    let decision = composite.decide(&view).now_or_never().expect("nothing to wait for");
    match decision.denial() {
        Some(denial) => Err(denial.code()),
        None => Ok(decision.user().unwrap().subject().to_owned()),
    }
}

fn gate(builder: CompositeBuilder) -> Gate<Composite> {
    Gate::new(builder.build().unwrap())
}

fn count(asked: &AtomicUsize) -> usize {
    asked.load(Ordering::Relaxed)
}

#[test]
fn the_issuer_that_a_token_states_chooses_who_is_asked() {
    let ((a, a_asked), (b, b_asked)) =
        (member("a", SECRET, Some(A)), member("b", OTHER_SECRET, Some(B)));
    let gate = gate(Composite::builder().member(a).member(b));
    assert_eq!(decide(&gate, &token(SECRET, A)), Ok("user-1".to_owned()));
    assert_eq!((count(&a_asked), count(&b_asked)), (1, 0));
    assert_eq!(decide(&gate, &token(OTHER_SECRET, B)), Ok("user-1".to_owned()));
    assert_eq!((count(&a_asked), count(&b_asked)), (1, 1));
}

#[test]
fn what_its_owner_refuses_nobody_rescues() {
    let ((strict, _), (lax, lax_asked)) =
        (member("strict", SECRET, Some(A)), member("lax", OTHER_SECRET, None));
    for builder in [
        Composite::builder().member(member("strict", SECRET, Some(A)).0).member(lax),
        Composite::builder().member(member("lax", OTHER_SECRET, None).0).member(strict),
    ] {
        assert_eq!(decide(&gate(builder), &token(OTHER_SECRET, A)), Err("signature_invalid"));
    }
    assert_eq!(count(&lax_asked), 0);
}

#[test]
fn while_its_owner_is_away_a_token_is_nobodys() {
    let ((away, _), (lax, lax_asked)) =
        (with("away", SECRET, Some(A), true), member("lax", SECRET, None));
    let gate = gate(Composite::builder().member(away).member(lax));
    assert_eq!(decide(&gate, &token(SECRET, A)), Err("keys_unavailable"));
    assert_eq!(count(&lax_asked), 0);
    assert_eq!(decide(&gate, &token(SECRET, "https://else.example")), Ok("user-1".to_owned()));
}

#[test]
fn a_token_of_no_known_issuer_is_tried_in_order_until_somebody_is_away() {
    let members = || {
        let first = member("first", SECRET, None);
        let away = with("away", SECRET, None, true);
        let third = member("third", OTHER_SECRET, None);
        (first, away, third)
    };
    let (first, away, third) = members();
    let third_asked = third.1;
    let builder = Composite::builder().member(first.0).member(away.0).member(third.0);
    let gate_of_three = gate(builder);
    assert_eq!(decide(&gate_of_three, &unnamed(SECRET)), Ok("user-1".to_owned()));
    assert_eq!(decide(&gate_of_three, &unnamed(OTHER_SECRET)), Err("keys_unavailable"));
    assert_eq!(count(&third_asked), 0);
    let (first, _, third) = members();
    let gate = gate(Composite::builder().member(first.0).member(third.0));
    assert_eq!(decide(&gate, &unnamed(OTHER_SECRET)), Ok("user-1".to_owned()));
}

#[test]
fn the_error_tells_who_was_asked_and_why_each_refused() {
    let ((a, _), (b, _), (c, c_asked)) =
        (member("a", SECRET, None), member("b", OTHER_SECRET, None), member("c", SECRET, Some(A)));
    let composite = Composite::builder().member(a).member(b).member(c).build().unwrap();
    let request = http::Request::get("/").body(()).unwrap();
    let stranger = unnamed("a-strangers-0f1e2d3c4b5a69788796a5b4c3d2e1f0");
    let token = Token::new(&stranger);
    let request = Request::from(&request);
    let error = composite.authenticate(&token, &request).now_or_never().unwrap().unwrap_err();
    let text = "no provider accepts the token; asked: a (signature_invalid), b (signature_invalid)";
    assert_eq!((error.code(), error.to_string().as_str()), ("no_member_accepts", text));
    assert_eq!(count(&c_asked), 0, "its tokens name their issuer");
}

#[test]
fn an_opaque_token_and_a_torn_jwt_reach_only_those_that_may_know_them() {
    let (a, asked) = member("a", SECRET, Some(A));
    let torn = "eyJhbGciOiJIUzI1NiJ9.e30x.c2ln";
    let table = |text| Configured::new(Table(text), "table");
    let gate_of = |text, a| gate(Composite::builder().member(a).member(table(text)));
    let gate = gate_of("opaque-but-known", a);
    assert_eq!(decide(&gate, "opaque-but-known"), Ok("tool".to_owned()));
    assert_eq!(decide(&gate, "opaque-and-unknown"), Err("no_member_accepts"));
    let before = count(&asked);
    assert_eq!(decide(&gate, torn), Err("token_inactive"));
    assert_eq!(count(&asked), before, "it can verify none but whole ones");
    let gate = gate_of(torn, member("a", SECRET, Some(A)).0);
    assert_eq!(decide(&gate, torn), Ok("tool".to_owned()));
}

#[test]
fn who_authenticated_a_user_also_authorises_and_maps_them() {
    let closed = member("a", SECRET, Some(A)).0.authorize_user(|_, _| false);
    let open = member("b", SECRET, Some(B)).0;
    let composite = Composite::builder().member(closed).member(open).build().unwrap();
    let request = http::Request::get("/").body(()).unwrap();
    let request = Request::from(&request);
    for (issuer, access) in [(A, Access::Refused), (B, Access::Granted)] {
        let text = token(SECRET, issuer);
        let user = composite.authenticate(&Token::new(&text), &request).now_or_never();
        let user = user.unwrap().unwrap();
        let decided = composite.authorize(&user, &request).now_or_never().unwrap();
        assert_eq!(decided, Ok(access), "{issuer}");
        assert_eq!(composite.resource_id(&user), Ok("user-1".to_owned()));
    }
    let stranger = member("a", SECRET, Some(A)).0.into_any();
    let text = token(SECRET, A);
    let user = stranger.authenticate(&Token::new(&text), &request).now_or_never().unwrap().unwrap();
    let decided = composite.authorize(&user, &request).now_or_never().unwrap();
    assert_eq!(decided, Ok(Access::Refused), "another composite's user");
    assert_eq!(composite.resource_id(&user), Err(AuthError::ResourceIdMissing));
}

#[test]
fn a_member_is_asked_about_tokens_from_its_own_places_only() {
    /// As `Table`, with its token in a header of its own.
    struct Elsewhere(Table);

    impl Authenticate for Elsewhere {
        type User = Claims;

        async fn authenticate(
            &self,
            token: &Token<'_>,
            request: &Request<'_>,
        ) -> Result<Claims, AuthError> {
            self.0.authenticate(token, request).await
        }

        fn token_sources(&self) -> &[TokenSource] {
            static PLACES: [TokenSource; 1] = [TokenSource::header("x-tool-token")];
            &PLACES
        }
    }

    let elsewhere = Configured::new(Elsewhere(Table("known")), "elsewhere");
    let gate = gate(Composite::builder().member(member("a", SECRET, Some(A)).0).member(elsewhere));
    assert_eq!(decide(&gate, "known"), Err("token_malformed"), "in another place");
    let request = http::Request::get("/").header("x-tool-token", "known").body(()).unwrap();
    let decision = gate.decide(&Request::from(&request)).now_or_never().unwrap();
    assert!(decision.denial().is_none(), "in its place");
    let good = token(SECRET, A);
    let request = http::Request::get("/").header("x-tool-token", good).body(()).unwrap();
    let decision = gate.decide(&Request::from(&request)).now_or_never().unwrap();
    assert_eq!(decision.denial().unwrap().code(), "no_member_accepts");
}

#[test]
fn every_mistake_is_told_at_once() {
    let twins = Composite::builder()
        .member(member("a", SECRET, Some(A)).0)
        .member(member("a", OTHER_SECRET, Some(A)).0)
        .public(["no-slash"]);
    let error = twins.build().unwrap_err();
    assert_eq!(error.problems().len(), 3, "{error}");
    let text = error.to_string();
    for part in ["has to begin with a slash", "called `a`", "trust one issuer, https://a.example"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let error = Composite::builder().build().unwrap_err();
    assert_eq!(error.to_string(), "there is no member: nobody could be let in");
}

#[test]
fn the_composite_says_which_paths_are_open() {
    let gate =
        gate(Composite::builder().member(member("a", SECRET, Some(A)).0).public(["/health"]));
    let code = |path: &str| {
        let request = http::Request::get(path).body(()).unwrap();
        let decision = gate.decide(&Request::from(&request)).now_or_never().unwrap();
        decision.denial().map(auth_core::Denial::code)
    };
    assert_eq!((code("/health"), code("/orders")), (None, Some("token_missing")));
}

#[test]
fn an_issuer_that_is_no_text_is_nobodys() {
    let (a, asked) = member("a", SECRET, Some(A));
    let gate = gate(Composite::builder().member(a));
    for issuer in [json!([A]), json!({"iss": A}), Value::Null] {
        let mut claims = good_claims();
        claims["iss"] = issuer;
        let token = mac(Algorithm::HS256, SECRET, &claims);
        assert_eq!(decide(&gate, &token), Err("no_member_accepts"));
    }
    assert_eq!(count(&asked), 0);
}
