//! Providers behind one type: whoever one vouched for is nobody at another, and what the
//! application said about one holds for it behind any type.

use auth_core::any::AnyProvider;
use auth_core::error::Class;
use auth_core::{
    Access, Algorithm, AuthError, Authenticate, Claims, Configured, Gate, Principal as _, Request,
    Token, Verifier,
};
use futures_util::FutureExt as _;

use crate::keys::{SECRET, mac, secret};
use crate::{finish, good_claims};

/// Accepts good tokens.
struct Local(Verifier);

impl Authenticate for Local {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.0.verify(token).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.0)
    }
}

fn local() -> Configured<Local> {
    Configured::new(Local(finish(Verifier::hmac(&secret()))), "local")
}

fn request() -> http::Request<()> {
    let token = mac(Algorithm::HS256, SECRET, &good_claims());
    let builder = http::Request::get("/orders").header("authorization", format!("Bearer {token}"));
    builder.body(()).unwrap()
}

/// What a gate with this provider decides about a good token: `ok`, or the code.
fn decide(provider: Configured<impl Authenticate>) -> &'static str {
    let request = request();
    let view = Request::from(&request);
    let decision = Gate::new(provider).decide(&view).now_or_never().expect("nothing to wait for");
    decision.denial().map_or("ok", auth_core::Denial::code)
}

#[test]
fn a_provider_decides_alike_behind_any_type() {
    assert_eq!((decide(local()), decide(local().into_any())), ("ok", "ok"));
    let closed = || local().authorize_user(|_, _| false);
    assert_eq!(
        (decide(closed()), decide(closed().into_any())),
        ("access_refused", "access_refused")
    );
    let any = local().into_any();
    assert_eq!(
        (any.name(), any.verifier().unwrap().algorithms()),
        ("local", &[Algorithm::HS256][..])
    );
}

#[test]
fn a_rule_that_waits_replaces_the_providers_and_an_error_of_it_is_no_allow() {
    let ruled = |answer: fn() -> Result<bool, &'static str>| {
        local().authorize_user_async(move |user, request| {
            Box::pin(async move {
                let is_seen = !user.subject().is_empty() && request.path() == "/orders";
                answer().map(|answer| answer && is_seen)
            })
        })
    };
    assert_eq!(decide(ruled(|| Ok(true))), "ok");
    assert_eq!(decide(ruled(|| Ok(false))), "access_refused");
    assert_eq!(decide(ruled(|| Err("canary"))), "authorization_failed");
}

#[test]
fn a_rule_keeps_the_class_of_its_error() {
    let unknown = local().authorize_user(|_, _| Err::<bool, _>("canary"));
    assert_eq!(decide(unknown), "authorization_failed");
    let ours = local().authorize_user(|_, _| Err::<Access, _>(AuthError::ResourceIdMissing));
    assert_eq!(decide(ours), "resource_id_missing");
    assert_eq!(AuthError::ResourceIdMissing.class(), Class::Forbidden);
}

/// The user of a good token at this provider.
fn user_of(provider: &Configured<AnyProvider>, request: &Request<'_>) -> auth_core::any::AnyUser {
    let token = Token::from_request(request).unwrap();
    provider.authenticate(&token, request).now_or_never().expect("nothing to wait for").unwrap()
}

#[test]
fn whoever_another_provider_vouched_for_is_nobody_here() {
    let (ours, other) = (local().into_any(), local().into_any());
    let request = request();
    let view = Request::from(&request);
    let user = user_of(&ours, &view);
    assert_eq!((user.subject(), user.claims().issuer()), ("user-1", Some(crate::ISSUER)));
    assert!(user.downcast_ref::<Claims>().is_some());
    let access = |provider: &Configured<AnyProvider>| {
        provider.authorize(&user, &view).now_or_never().expect("nothing to wait for")
    };
    assert_eq!((access(&ours), access(&other)), (Ok(Access::Granted), Ok(Access::Refused)));
    assert_eq!(ours.resource_id(&user), Ok("user-1".to_owned()));
    assert_eq!(other.resource_id(&user), Err(AuthError::ResourceIdMissing));
}
