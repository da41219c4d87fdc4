//! The suite itself: flawed providers get the verdicts they deserve.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use auth_conformance::idp::Vendor;
use auth_conformance::report::{Report, to_table};
use auth_conformance::snapshot;
use auth_conformance::subject::Registered;
use auth_conformance::suite::{self, Selection};
use auth_conformance::verdict::Verdict;
use auth_core::{AuthError, AuthProvider, Authenticate, Claims, Domain, Request, Token, Verifier};

/// Shows a strict verifier and asks a lax one: no audience is compared.
#[derive(AuthProvider)]
#[auth(name = "lax", register = false)]
struct Lax {
    #[auth(env = "LAX_DOMAIN")]
    domain: Domain,
    #[auth(init = Verifier::remote(domain.url("/keys")).issuer("me").audience("us").build_in(environment)?)]
    shown: Verifier,
    #[auth(init = Verifier::remote(domain.url("/keys"))
        .issuer("me")
        .danger_accept_any_audience()
        .build_in(environment)?)]
    asked: Verifier,
}

impl Authenticate for Lax {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        self.asked.verify(token).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.shown)
    }
}

/// What a provider does with a token, whatever it is.
type Answer = fn() -> Result<Claims, AuthError>;

/// Shows a verifier and never asks it.
#[derive(AuthProvider)]
#[auth(name = "stubborn", register = false)]
struct Stubborn {
    #[auth(env = "STUBBORN_MOOD")]
    mood: String,
    #[auth(init = answer(mood))]
    answer: Answer,
    #[auth(init = Verifier::remote("https://stubborn.example/keys")
        .issuer("me")
        .audience("us")
        .build_in(environment)?)]
    shown: Verifier,
}

fn answer(_: &str) -> Answer {
    || Err(AuthError::Expired)
}

impl Authenticate for Stubborn {
    type User = Claims;

    async fn authenticate(&self, _: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        (self.answer)()
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.shown)
    }
}

/// Panics on every token but the shortest of dots.
#[derive(AuthProvider)]
#[auth(name = "brittle", register = false)]
struct Brittle {
    #[auth(env = "BRITTLE_DOMAIN")]
    domain: Domain,
    #[auth(init = Verifier::remote(domain.url("/keys")).issuer("me").audience("us").build_in(environment)?)]
    inner: Verifier,
}

impl Authenticate for Brittle {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        let parts: Vec<_> = token.expose().split('.').collect();
        assert_eq!(parts.len(), 3, "a token has three parts");
        self.inner.verify(token).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.inner)
    }
}

/// Shows no verifier: nobody can make tokens for it.
#[derive(AuthProvider)]
#[auth(name = "silent", register = false)]
struct Silent {
    #[auth(env = "SILENT_TEXT")]
    text: String,
}

impl Authenticate for Silent {
    type User = Claims;

    async fn authenticate(&self, _: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        let _ = &self.text;
        Err(AuthError::TokenMissing)
    }
}

async fn report<P: AuthProvider>(cases: &[&str]) -> Report {
    let cases: Vec<String> = cases.iter().map(|case| (*case).to_owned()).collect();
    let selection = Selection::parse(&[], &[], &cases).unwrap();
    suite::run(&[Registered::of::<P>()], &selection).await
}

fn verdict(report: &Report, id: &str) -> Verdict {
    let cases = &report.subjects[0].cases;
    cases.iter().find(|case| case.case.id == id).unwrap().verdict
}

#[tokio::test]
async fn a_check_that_is_missing_fails_its_case_and_no_other() {
    let report = report::<Lax>(&["aud-*", "iss-*", "exp-*", "ctl-valid-*"]).await;
    for id in ["aud-mismatch", "aud-missing", "aud-substring", "aud-variants"] {
        assert_eq!(verdict(&report, id), Verdict::Fail, "{id}");
    }
    for id in ["aud-match", "iss-mismatch", "exp-missing", "ctl-valid-rs256"] {
        assert_eq!(verdict(&report, id), Verdict::Pass, "{id}");
    }
    assert_eq!(report.exit_status(), 1);
    let table = to_table(&report);
    assert!(table.contains("aud-mismatch") && table.contains("explain aud-mismatch"), "{table}");
}

#[tokio::test]
async fn a_provider_that_refuses_everything_passes_nothing() {
    let report = report::<Stubborn>(&["sig-*", "exp-*", "authz-*", "http-*"]).await;
    assert_eq!(report.totals.count(Verdict::Pass), 0, "{}", to_table(&report));
    assert_eq!(report.totals.count(Verdict::Fail), 0);
    assert_eq!(report.exit_status(), 3);
    assert!(to_table(&report).contains("a good token got: 401 expired"));
}

#[tokio::test]
async fn a_panic_on_a_token_is_a_failure() {
    let report = report::<Brittle>(&["fmt-segments", "err-never-5xx", "ctl-valid-rs256"]).await;
    assert_eq!(verdict(&report, "ctl-valid-rs256"), Verdict::Pass);
    assert_eq!(verdict(&report, "fmt-segments"), Verdict::Fail);
    assert_eq!(verdict(&report, "err-never-5xx"), Verdict::Fail);
    assert_eq!(report.exit_status(), 1);
}

#[tokio::test]
async fn a_provider_that_cannot_be_tested_does_not_pass_for_one_that_was() {
    let report = report::<Silent>(&["sig-*", "cfg-complete"]).await;
    assert_eq!(verdict(&report, "cfg-complete"), Verdict::Pass);
    assert_eq!(verdict(&report, "sig-alg-none"), Verdict::Unimplemented);
    assert_eq!(report.exit_status(), 3);
}

#[tokio::test]
async fn a_missed_should_fails_only_where_one_is_strict() {
    let mut report = report::<Lax>(&["exp-overflow"]).await;
    assert_eq!((report.exit_status(), report.strict_exit_status()), (0, 0));
    report.subjects[0].cases[0].verdict = Verdict::NonStrict;
    let report = Report::of(report.subjects);
    assert_eq!((report.exit_status(), report.strict_exit_status()), (0, 1));
}

#[tokio::test]
async fn a_case_about_a_vendor_is_for_whoever_plays_it_even_without_a_verifier() {
    let selection = Selection::parse(&[], &[], &["prov-auth0-*".to_owned()]).unwrap();
    let silent = Registered::of::<Silent>();
    let skipped = suite::run(&[silent], &selection).await;
    assert_eq!(skipped.totals.count(Verdict::Skip), skipped.subjects[0].cases.len());
    assert_eq!(skipped.exit_status(), 0);
    let table = to_table(&skipped);
    assert_eq!(table.matches("about another vendor").count(), 1, "{table}");
    let played = suite::run(&[silent.played_by(Vendor::of("auth0"))], &selection).await;
    assert_eq!(played.totals.count(Verdict::Unimplemented), 0, "{}", to_table(&played));
    assert_eq!(verdict(&played, "prov-auth0-aud-userinfo"), Verdict::Fail);
}

#[tokio::test]
async fn what_is_about_another_vendor_is_no_decision() {
    let report = report::<Lax>(&["prov-auth0-*", "aud-match"]).await;
    let decisions = snapshot::decisions(&report.subjects[0]);
    assert!(decisions.starts_with("aud-match: pass\n"), "{decisions}");
    assert!(!decisions.contains("prov-"), "{decisions}");
}
