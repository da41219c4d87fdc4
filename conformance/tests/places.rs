//! A provider that reads its token elsewhere than in `Authorization` is asked there.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use auth_conformance::report::to_table;
use auth_conformance::subject::Registered;
use auth_conformance::suite::{self, Selection};
use auth_conformance::verdict::Verdict;
use auth_core::token::TokenSource;
use auth_core::{AuthProvider, Domain, Verifier};

/// Reads its token from a header of the vendor's own.
#[derive(AuthProvider)]
#[auth(name = "assertion", register = false)]
struct Assertion {
    #[auth(env = "ASSERTION_DOMAIN")]
    domain: Domain,
    #[auth(verify = Verifier::remote(domain.url("/keys"))
        .issuer(domain.url("/"))
        .audience("us")
        .token_from(TokenSource::header("x-vendor-assertion")))]
    verifier: Verifier,
}

/// Reads its token from a cookie.
#[derive(AuthProvider)]
#[auth(name = "session", register = false)]
struct Session {
    #[auth(env = "SESSION_DOMAIN")]
    domain: Domain,
    #[auth(verify = Verifier::remote(domain.url("/keys"))
        .issuer(domain.url("/"))
        .audience("us")
        .token_from(TokenSource::cookie("__session")))]
    verifier: Verifier,
}

async fn passes_but_for_the_header(subject: Registered) {
    let groups = ["ctl", "sig", "fmt", "time", "http", "err", "authz"].map(str::to_owned);
    let report = suite::run(&[subject], &Selection::parse(&[], &groups, &[]).unwrap()).await;
    assert_eq!(report.strict_exit_status(), 0, "{}", to_table(&report));
    assert!(report.totals.count(Verdict::Pass) > 90, "{}", to_table(&report));
    let cases = report.subjects[0].cases.iter();
    for case in cases.filter(|case| case.case.group() == "http") {
        assert_eq!(case.detail.as_deref(), Some("its tokens arrive elsewhere"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_header_of_the_vendors_own() {
    passes_but_for_the_header(Registered::of::<Assertion>()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_cookie() {
    passes_but_for_the_header(Registered::of::<Session>()).await;
}
