//! A provider whose issuer says itself where its keys are passes the whole suite.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use auth_conformance::report::{Report, to_table};
use auth_conformance::subject::Registered;
use auth_conformance::suite::{self, Selection};
use auth_conformance::verdict::Verdict;
use auth_core::{AuthError, AuthProvider, Authenticate, Claims, Domain, Request, Token, Verifier};

/// Accepts tokens of an issuer that is known by its name alone.
#[derive(AuthProvider)]
#[auth(name = "discovering", register = false)]
struct Discovering {
    #[auth(env = "DISCOVERING_DOMAIN")]
    domain: Domain,

    #[auth(verify = Verifier::discover(domain.url("/")).audience("https://api.acme.example"))]
    verifier: Verifier,
}

/// The same for an issuer with a path that describes itself by RFC 8414.
#[derive(AuthProvider)]
#[auth(name = "tenant", register = false)]
struct Tenant {
    #[auth(env = "TENANT_DOMAIN")]
    domain: Domain,

    #[auth(verify = Verifier::discover_oauth(domain.url("/tenant"))
        .audience("https://api.acme.example"))]
    verifier: Verifier,
}

/// Shows a verifier that reads its issuer's description, and asks one that does not.
#[derive(AuthProvider)]
#[auth(name = "guessing", register = false)]
struct Guessing {
    #[auth(env = "GUESSING_DOMAIN")]
    domain: Domain,

    #[auth(init = Verifier::discover(domain.url("/")).audience("us").build_in(environment)?)]
    shown: Verifier,

    #[auth(init = Verifier::remote(domain.url("/discovered/keys.json"))
        .issuer(domain.url("/"))
        .audience("us")
        .build_in(environment)?)]
    asked: Verifier,
}

impl Authenticate for Guessing {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.asked.verify(token).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.shown)
    }
}

async fn report<P: AuthProvider>(groups: &[&str]) -> Report {
    let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
    let selection = Selection::parse(&[], &groups, &[]).unwrap();
    suite::run(&[Registered::of::<P>()], &selection).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_discovers_passes_the_whole_suite() {
    let report = report::<Discovering>(&[]).await;
    assert_eq!(report.strict_exit_status(), 0, "{}", to_table(&report));
    let cases = &report.subjects[0].cases;
    for case in cases.iter().filter(|case| ["disc", "jwks"].contains(&case.case.group())) {
        assert_eq!(case.verdict, Verdict::Pass, "{}", case.case.id);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_form_of_address_passes_as_well() {
    let report = report::<Tenant>(&["ctl", "iss", "disc"]).await;
    assert_eq!(report.strict_exit_status(), 0, "{}", to_table(&report));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_does_not_read_the_description_is_found_out() {
    let report = report::<Guessing>(&["disc"]).await;
    let cases = &report.subjects[0].cases;
    let passed: Vec<_> =
        cases.iter().filter(|c| c.verdict == Verdict::Pass).map(|c| c.case.id).collect();
    // It has nothing to learn from a description, good or bad.
    let indifferent =
        ["disc-outage-keeps-keys", "disc-alg-values-do-not-widen", "disc-jwks-uri-hijacked"];
    assert_eq!(passed, indifferent);
    assert_eq!(report.exit_status(), 1);
}
