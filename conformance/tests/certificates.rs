//! A provider whose issuer publishes certificates in place of a key set passes the whole suite.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use auth_conformance::report::{Report, to_table};
use auth_conformance::subject::Registered;
use auth_conformance::suite::{self, Selection};
use auth_conformance::verdict::Verdict;
use auth_core::{AuthError, AuthProvider, Authenticate, Claims, Domain, Request, Token, Verifier};

/// Accepts tokens of an issuer that publishes certificates.
#[derive(AuthProvider)]
#[auth(name = "certified", register = false)]
struct Certified {
    #[auth(env = "CERTIFIED_DOMAIN")]
    domain: Domain,

    #[auth(verify = Verifier::remote_certificates(domain.url("/certs"))
        .issuer(domain.url("/"))
        .audience("https://api.acme.example"))]
    verifier: Verifier,
}

/// Fetches the certificates anew for every token.
#[derive(AuthProvider)]
#[auth(name = "certified", register = false)]
struct Forgetful {
    #[auth(env = "CERTIFIED_DOMAIN")]
    domain: Domain,

    #[auth(init = environment.clone())]
    world: auth_core::Environment,

    #[auth(init = verifier(domain).build_in(environment)?)]
    verifier: Verifier,
}

fn verifier(domain: &Domain) -> auth_core::jwt::VerifierBuilder {
    Verifier::remote_certificates(domain.url("/certs")).issuer(domain.url("/")).audience("us")
}

impl Authenticate for Forgetful {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        verifier(&self.domain).build_in(&self.world).unwrap().verify(token).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}

async fn report<P: AuthProvider>(groups: &[&str]) -> Report {
    let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
    let selection = Selection::parse(&[], &groups, &[]).unwrap();
    suite::run(&[Registered::of::<P>()], &selection).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_reads_certificates_passes_the_whole_suite() {
    let report = report::<Certified>(&[]).await;
    assert_eq!(report.strict_exit_status(), 0, "{}", to_table(&report));
    let cases = &report.subjects[0].cases;
    let skipped: Vec<_> = cases
        .iter()
        .filter(|case| case.case.group() == "jwks" && case.verdict != Verdict::Pass)
        .map(|case| case.case.id)
        .collect();
    assert_eq!(skipped, ["jwks-too-many-keys"], "{}", to_table(&report));
    let jwk = cases.iter().filter(|case| case.case.group() == "jwk");
    for case in jwk {
        assert_eq!(case.detail.as_deref(), Some("its keys are published as certificates"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_fetches_them_for_every_token_is_found_out() {
    let report = report::<Forgetful>(&["jwks"]).await;
    let cases = &report.subjects[0].cases;
    let verdict = |id| cases.iter().find(|case| case.case.id == id).unwrap().verdict;
    for id in ["jwks-cached", "jwks-singleflight-cold", "jwks-warm-outage"] {
        assert_eq!(verdict(id), Verdict::Fail, "{}", to_table(&report));
    }
}
