//! Flaws in options by name, and in what must have no say: other variables, an earlier build.

use std::sync::OnceLock;

use auth_conformance::subject::Registered;
use auth_conformance::verdict::Verdict;
use auth_core::config::Texts;
use auth_core::http::HttpRequest;
use auth_core::{
    AuthError, AuthProvider, Authenticate, Claims, HmacSecret, Request, Token, Verifier,
};

use crate::sound::{changed, flawed};
use crate::{asked, case, must_fail};

/// Keeps the first verifier that it ever built, whoever asks.
#[derive(AuthProvider)]
#[auth(name = "shared", register = false)]
struct Shared {
    #[auth(env = "SHARED_SECRET")]
    secret: HmacSecret,
    #[auth(init = first(Verifier::hmac(secret).issuer("me").audience("us").build_in(environment)?))]
    verifier: &'static Verifier,
}

fn first(verifier: Verifier) -> &'static Verifier {
    static FIRST: OnceLock<Verifier> = OnceLock::new();
    FIRST.get_or_init(|| verifier)
}

impl Authenticate for Shared {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        let _ = &self.secret;
        self.verifier.verify(token).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(self.verifier)
    }
}

#[tokio::test]
async fn an_unknown_option_that_is_passed_over_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let is_known = |name: &str| sound.descriptor().field(name).is_some();
        let texts = if texts.names().all(is_known) { texts } else { Texts::empty() };
        sound.build_with(texts, environment)
    });
    must_fail(subject, &["cfg-unknown-option"]).await;
}

#[tokio::test]
async fn an_option_that_may_be_given_twice_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let texts = if texts.names().count() > 1 { Texts::empty() } else { texts };
        sound.build_with(texts, environment)
    });
    must_fail(subject, &["cfg-given-twice"]).await;
}

#[tokio::test]
async fn a_blank_option_that_counts_as_not_given_is_found() {
    let subject = flawed(|sound, texts, environment| {
        sound.build_with(texts, environment).or_else(|error| {
            let is_blank = error.problems().iter().any(|problem| problem.code() == "blank");
            let is_set = error.to_string().contains("set by name");
            if is_blank && is_set { sound.build(environment) } else { Err(error) }
        })
    });
    must_fail(subject, &["cfg-given-blank"]).await;
}

#[tokio::test]
async fn variables_in_lower_case_that_are_read_are_found() {
    let subject = flawed(|sound, texts, environment| {
        let careless = changed(environment, |table| {
            let lower = table.get("sound_domain").cloned();
            if let (Some(text), None) = (lower, table.get("SOUND_DOMAIN")) {
                table.insert("SOUND_DOMAIN".to_owned(), text);
            }
        });
        sound.build_with(texts, &careless)
    });
    must_fail(subject, &["cfg-unrelated-variables"]).await;
}

#[tokio::test]
async fn a_variable_that_nobody_documented_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let audience = environment.vars().get("AUDIENCE").ok().flatten();
        let swayed = changed(environment, |table| {
            if let Some(audience) = audience {
                table.insert("SOUND_AUDIENCE".to_owned(), audience);
            }
        });
        sound.build_with(texts, &swayed)
    });
    must_fail(subject, &["cfg-unrelated-variables"]).await;
}

#[tokio::test]
async fn an_instance_that_is_built_once_and_shared_is_found() {
    // Its clock is shared as well, so that the scenes cannot be asked.
    let report = asked(Registered::of::<Shared>()).await;
    assert_eq!(case(&report, "cfg-built-twice").verdict, Verdict::Fail);
    assert_eq!(case(&report, "cfg-complete").verdict, Verdict::Pass);
}

#[tokio::test]
async fn a_request_while_it_is_built_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let url = "https://sound.example/keys".parse().unwrap();
        drop(environment.http().send(HttpRequest::get(url)));
        sound.build_with(texts, environment)
    });
    must_fail(subject, &["cfg-complete"]).await;
}
