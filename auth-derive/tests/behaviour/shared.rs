//! What every builder offers: a name, open paths, the application's own rule, resource ids.

use auth_core::{Access, AuthError, AuthProvider, Request};
use futures_util::FutureExt;
use http::Request as HttpRequest;

use crate::{Nobody, authenticates_nobody, environment, problems};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_AUDIENCE")]
    audience: String,
}

authenticates_nobody!(Acme);

fn acme() -> AcmeBuilder {
    Acme::builder().audience("api")
}

fn authorize(builder: AcmeBuilder, path: &str) -> Result<Access, AuthError> {
    let acme = builder.build_in(&environment([])).unwrap();
    let request = HttpRequest::get(path).body(()).unwrap();
    acme.authorize(&Nobody, &Request::from(&request)).now_or_never().unwrap()
}

#[test]
fn takes_another_name() {
    assert_eq!(acme().build_in(&environment([])).unwrap().name(), "acme");
    assert_eq!(acme().name("staff").build_in(&environment([])).unwrap().name(), "staff");
}

#[test]
fn opens_public_paths_that_are_not_protected() {
    let builder = acme().public(["/health", "/assets/*"]).protected(["/assets/private"]);
    let acme = builder.build_in(&environment([])).unwrap();
    let is_public = |path| {
        let request = HttpRequest::get(path).body(()).unwrap();
        acme.access().is_public(&Request::from(&request))
    };
    assert!(is_public("/health") && is_public("/assets/logo.svg"));
    assert!(!is_public("/assets/private") && !is_public("/users"));
}

#[test]
fn replaces_the_rule_of_the_provider() {
    let rule = |_: &Nobody, request: &Request<'_>| request.path() == "/mine";
    assert_eq!(authorize(acme(), "/theirs"), Ok(Access::Granted));
    assert_eq!(authorize(acme().authorize_user(rule), "/mine"), Ok(Access::Granted));
    assert_eq!(authorize(acme().authorize_user(rule), "/theirs"), Ok(Access::Refused));
}

#[test]
fn infers_the_types_of_a_rule() {
    let builder = acme().authorize_user(|user, request| request.path().ends_with(user.label()));
    assert_eq!(authorize(builder, "/nobody"), Ok(Access::Granted));
}

#[test]
fn waits_for_a_rule_that_waits() {
    let builder = acme().authorize_user_async(|user, request| {
        Box::pin(async move {
            std::future::ready(()).await;
            request.path().ends_with(user.label())
        })
    });
    assert_eq!(authorize(builder, "/theirs"), Ok(Access::Refused));
}

#[test]
fn maps_a_user_to_a_resource_id() {
    let plain = acme().build_in(&environment([])).unwrap();
    assert_eq!(plain.resource_id(&Nobody), Ok("nobody".to_owned()));
    let mapped = acme().map_user_to_resource_id(|user| user.label().to_uppercase());
    let mapped = mapped.build_in(&environment([])).unwrap();
    assert_eq!(mapped.resource_id(&Nobody), Ok("NOBODY".to_owned()));
}

#[test]
fn reports_malformed_patterns_and_names_with_everything_else() {
    let builder = Acme::builder().public(["health", "/ok"]).protected(["/a//b"]).name(" ");
    let error = builder.build_in(&environment([])).unwrap_err();
    let options: Vec<_> = error.problems().iter().map(|problem| problem.field).collect();
    assert_eq!(options, ["public", "protected", "name", "audience"]);
    assert_eq!(problems(&error)[0], "public     the pattern \"health\" has to begin with a slash");
}

impl Nobody {
    /// Something that only this type has: a rule that calls it knows its user.
    #[expect(clippy::unused_self, reason = "it is the receiver that has to be inferred")]
    const fn label(&self) -> &'static str {
        "nobody"
    }
}
