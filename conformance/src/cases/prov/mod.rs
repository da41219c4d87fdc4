//! What one vendor does differently: one file a vendor, run against the provider that plays it.
//!
//! Each case has `Need::Vendor("the-providers-name")`; every other subject skips it. A new vendor is
//! a file here, its `mod` and its line in [`CASES`].

mod auth0;
mod auth0_options;
mod clerk;
mod clerk_kind;
mod clerk_machine;
mod clerk_membership;
mod clerk_organization;
mod cloudflare_access;
mod cognito;
mod common;
mod composite;
mod entra;
mod entra_keys;
mod firebase;
mod firebase_keys;
mod firebase_setup;
mod firebase_user;
mod github_actions;
mod google_iap;
mod google_id_token;
mod jwt;
mod keycloak;
mod kubernetes;
mod oidc;
mod oidc_opaque;
mod okta;
mod static_tokens;
mod supabase;
mod supabase_server;
mod workos;
mod workos_connect;
mod workos_fga;
mod workos_users;

use auth_core::config::Texts;
use auth_core::{Algorithm, Claims};

use crate::bench::{Bench, require};
use crate::case::Case;
use crate::forge::SigningKey;
use crate::subject::Answer;
use crate::verdict::Stop;

/// Every vendor's cases, by the vendor's name.
pub(super) const CASES: &[&[Case]] = &[
    auth0::CASES,
    workos::CASES,
    workos_users::CASES,
    workos_fga::CASES,
    workos_connect::CASES,
    clerk::CASES,
    clerk_kind::CASES,
    clerk_organization::CASES,
    clerk_membership::CASES,
    clerk_machine::CASES,
    auth0_options::CASES,
    composite::CASES,
    firebase::CASES,
    firebase_keys::CASES,
    firebase_user::CASES,
    jwt::CASES,
    oidc::CASES,
    oidc_opaque::CASES,
    okta::CASES,
    static_tokens::CASES,
    supabase::CASES,
    supabase_server::CASES,
    cloudflare_access::CASES,
    cognito::CASES,
    entra::CASES,
    entra_keys::CASES,
    github_actions::CASES,
    google_iap::CASES,
    google_id_token::CASES,
    keycloak::CASES,
    kubernetes::CASES,
];

/// The provider must not start with these options, and its error must say this.
fn must_not_start(bench: &Bench, texts: impl Into<Texts>, says: &str) -> Result<(), Stop> {
    match bench.registered().build_with(texts.into(), bench.environment()) {
        Ok(_) => Err(Stop::Missed("it started".to_owned())),
        Err(error) => {
            let text = error.to_string();
            require(text.contains(says), || format!("it should say {says:?}: {text}"))
        }
    }
}

/// The claims that the handler gets for this token, which must be accepted.
async fn seen_by_handler(bench: &mut Bench, label: &str, token: &str) -> Result<Claims, Stop> {
    let answer = bench.subject().ask(token).await;
    bench.judge(label, &answer, "accepted", Answer::is_allowed)?;
    answer.claims.ok_or_else(|| Stop::Missed(format!("{label}: there is no user")))
}

/// The caller is known and must be refused.
async fn must_forbid(bench: &mut Bench, label: &str, token: &str) -> Result<(), Stop> {
    let answer = bench.subject().ask(token).await;
    bench.judge(label, &answer, "refused with 403", |answer| answer.status == 403)
}

/// Correct tokens of these algorithms, whose keys are published beside the others, must be refused.
async fn must_refuse_algorithms(bench: &mut Bench, algorithms: &[Algorithm]) -> Result<(), Stop> {
    for algorithm in algorithms {
        let key = SigningKey::generate("another-kind", *algorithm);
        bench.publish([&bench.forge.keys.current, &key]);
        let draft = bench.forge.good().header("kid", key.id()).header("alg", algorithm.name());
        let token = draft.signed_by(&key).signed_with(*algorithm).sign();
        bench.must_refuse(algorithm.name(), &token).await?;
    }
    bench.control().await
}
