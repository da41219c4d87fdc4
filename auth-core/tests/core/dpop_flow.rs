//! Proofs of possession over several requests: a proof is used once, whoever is faster; a nonce is
//! given and asked for; and a refused client is told what to bring.

use std::sync::Arc;
use std::time::Duration;

use auth_core::proof::{Dpop, Nonces};
use auth_core::{
    AuthError, Authenticate, Claims, Configured, Denial, Gate, Request, Token, Verifier,
};
use serde_json::json;

use crate::NOW;
use crate::holder::{
    Holder, bearer_token, code, code_of, request, required, strict, verifier, verify,
};

struct Guard(Verifier);

impl Authenticate for Guard {
    type User = Claims;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<Claims, AuthError> {
        self.0.verify_request(token, request).await
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.0)
    }
}

fn accepting() -> Dpop {
    Dpop::accepted().origin("https://api.example")
}

/// The refusal's code, its challenges, and the nonce that it gives.
async fn refusal(
    verifier: &Verifier,
    request: &http::Request<()>,
) -> (&'static str, Vec<String>, Option<String>) {
    let gate = Gate::new(Configured::new(Guard(verifier.clone()), "guard"));
    let decision = gate.decide(&Request::from(request)).await;
    let denial: &Denial = decision.denial().unwrap();
    let response = denial.to_response::<String>();
    let text = |value: &http::HeaderValue| value.to_str().unwrap().to_owned();
    let challenges = response.headers().get_all("www-authenticate").iter().map(text).collect();
    (denial.code(), challenges, response.headers().get("dpop-nonce").map(text))
}

const ALGS: &str = r#"algs="ES256 EdDSA Ed25519""#;

#[test]
fn a_proof_is_good_once_for_all_clones_of_a_verifier() {
    let holder = Holder::new();
    let token = holder.token();
    let (verifier, clock) = verifier(|builder| builder.dpop(required()));
    let (proof, clone) = (holder.proof(&token), verifier.clone());
    assert_eq!(code_of(&verifier, &token, &proof), "ok");
    assert_eq!(code_of(&verifier, &token, &proof), "proof_replayed");
    assert_eq!(code_of(&clone, &token, &proof), "proof_replayed");
    clock.advance(Duration::from_secs(64));
    assert_eq!(code_of(&verifier, &token, &proof), "proof_replayed");
    clock.advance(Duration::from_secs(1));
    assert_eq!(code_of(&verifier, &token, &proof), "proof_expired");
    // Another verifier is another server.
    assert_eq!(code_of(&strict(), &token, &proof), "ok");
}

#[test]
fn an_id_is_used_once_whatever_else_the_proof_says() {
    let (holder, other) = (Holder::new(), Holder::new());
    let token = holder.token();
    let verifier = strict();
    let mut draft = holder.draft(&token);
    assert_eq!(code_of(&verifier, &token, &holder.sign(&draft)), "ok");
    draft.claims["iat"] = json!(NOW - 1);
    assert_eq!(code_of(&verifier, &token, &holder.sign(&draft)), "proof_replayed");
    // Nobody can use up another client's ids.
    let mut same_id = other.draft(&other.token());
    same_id.claims["jti"] = draft.claims["jti"].clone();
    assert_eq!(code_of(&verifier, &other.token(), &other.sign(&same_id)), "ok");
}

#[test]
fn a_refused_proof_uses_nothing_up() {
    let holder = Holder::new();
    let token = holder.token();
    let verifier = strict();
    let proof = holder.proof(&token);
    let mut post = request(&format!("DPoP {token}"), &[&proof]);
    *post.method_mut() = http::Method::POST;
    assert_eq!(code(&verifier, &post), "proof_mismatch");
    let other = holder.token() + "A";
    assert_eq!(code_of(&verifier, &other, &proof), "signature_invalid");
    assert_eq!(code_of(&verifier, &token, &proof), "ok");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_exactly_one_gets_in_with_a_proof() {
    let holder = Holder::new();
    let token = holder.token();
    let verifier = strict();
    for _ in 0..20 {
        let sent = Arc::new(request(&format!("DPoP {token}"), &[&holder.proof(&token)]));
        let tasks = (0..8).map(|_| {
            let (verifier, sent) = (verifier.clone(), Arc::clone(&sent));
            tokio::spawn(async move { code(&verifier, &sent) })
        });
        let mut codes = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            codes.push(task.await.unwrap());
        }
        assert_eq!(codes.iter().filter(|code| **code == "ok").count(), 1, "{codes:?}");
        assert_eq!(codes.iter().filter(|code| **code == "proof_replayed").count(), 7);
    }
}

#[test]
fn a_full_memory_refuses_until_proofs_expire() {
    let holder = Holder::new();
    let token = holder.token();
    let (verifier, clock) = verifier(|builder| builder.dpop(required().replay_capacity(2)));
    let first = holder.proof(&token);
    assert_eq!(code_of(&verifier, &token, &first), "ok");
    assert_eq!(code_of(&verifier, &token, &holder.proof(&token)), "ok");
    let refused = verify(&verifier, &request(&format!("DPoP {token}"), &[&holder.proof(&token)]));
    let denial = Denial::from(refused.unwrap_err());
    assert_eq!((denial.code(), denial.status().as_u16()), ("replay_memory_full", 503));
    assert_eq!(code_of(&verifier, &token, &first), "proof_replayed");
    clock.advance(Duration::from_secs(65));
    let mut draft = holder.draft(&token);
    draft.claims["iat"] = json!(NOW + 65);
    assert_eq!(code_of(&verifier, &token, &holder.sign(&draft)), "ok");
}

#[tokio::test]
async fn a_nonce_is_given_asked_for_and_grows_old() {
    let holder = Holder::new();
    let token = holder.token();
    let nonces = Nonces::lasting(Duration::from_secs(30));
    let (verifier, clock) = verifier(|builder| builder.dpop(required().nonces(nonces)));
    let sent = |nonce: Option<&str>, iat: u64| {
        let mut draft = holder.draft(&token);
        draft.claims["iat"] = json!(iat);
        if let Some(nonce) = nonce {
            draft.claims["nonce"] = json!(nonce);
        }
        request(&format!("DPoP {token}"), &[&holder.sign(&draft)])
    };
    let (refused, challenges, nonce) = refusal(&verifier, &sent(None, NOW)).await;
    assert_eq!(refused, "nonce_required");
    let expected = format!(
        "DPoP error=\"use_dpop_nonce\", error_description=\"The DPoP proof has to hold the nonce \
         of this answer\", {ALGS}"
    );
    assert_eq!(challenges, [expected]);
    let nonce = nonce.unwrap();
    assert_eq!(code(&verifier, &sent(Some(&nonce), NOW)), "ok");
    assert_eq!(code(&verifier.clone(), &sent(Some(&nonce), NOW)), "ok");
    for junk in ["", "junk", &nonce[1..], &format!("{nonce}A")] {
        assert_eq!(code(&verifier, &sent(Some(junk), NOW)), "nonce_required", "{junk}");
    }
    clock.advance(Duration::from_secs(30));
    let (refused, _, newer) = refusal(&verifier, &sent(Some(&nonce), NOW + 30)).await;
    assert_eq!(refused, "nonce_required");
    assert_ne!(newer.as_ref(), Some(&nonce));
    assert_eq!(code(&verifier, &sent(newer.as_deref(), NOW + 30)), "ok");
}

#[tokio::test]
async fn without_a_credential_every_scheme_is_offered() {
    let nothing = http::Request::get("/orders").body(()).unwrap();
    let (accepting, _) = verifier(|builder| builder.dpop(accepting()));
    let (refused, challenges, _) = refusal(&accepting, &nothing).await;
    assert_eq!(refused, "token_missing");
    let dpop = format!("DPoP realm=\"api\", {ALGS}");
    assert_eq!(challenges, [dpop.as_str(), "Bearer realm=\"api\""]);
    assert_eq!(refusal(&strict(), &nothing).await.1, [dpop.as_str()]);
    let bearer = request(&format!("Bearer {}", bearer_token()), &[]);
    assert_eq!(refusal(&strict(), &bearer).await, ("token_missing", vec![dpop], None));
    let (plain, _) = verifier(|builder| builder);
    assert_eq!(refusal(&plain, &nothing).await.1, ["Bearer realm=\"api\""]);
}

#[tokio::test]
async fn only_the_scheme_that_was_used_is_told_what_was_wrong() {
    let holder = Holder::new();
    let token = holder.token();
    let (verifier, _) = verifier(|builder| builder.dpop(accepting()));
    let bad_token = "error=\"invalid_token\", error_description=\"The token is invalid or has \
                     expired\"";
    let bad_proof = "error=\"invalid_dpop_proof\", error_description=\"The DPoP proof is invalid\"";
    let plain_dpop = format!("DPoP realm=\"api\", {ALGS}");
    for (sent, expected, dpop, bearer) in [
        (
            request(&format!("DPoP {token}"), &[]),
            "proof_missing",
            format!("DPoP {bad_proof}, {ALGS}"),
            "Bearer realm=\"api\"".to_owned(),
        ),
        (
            request("DPoP abc", &[&holder.proof("abc")]),
            "token_malformed",
            format!("DPoP {bad_token}, {ALGS}"),
            "Bearer realm=\"api\"".to_owned(),
        ),
        (
            request(&format!("DPoP {}", bearer_token()), &[&holder.proof(&bearer_token())]),
            "binding_missing",
            format!("DPoP {bad_token}, {ALGS}"),
            "Bearer realm=\"api\"".to_owned(),
        ),
        (
            request(&format!("Bearer {token}"), &[]),
            "proof_missing",
            plain_dpop.clone(),
            format!("Bearer {bad_token}"),
        ),
    ] {
        let found = refusal(&verifier, &sent).await;
        assert_eq!(found, (expected, vec![dpop, bearer], None));
    }
    let malformed = refusal(&verifier, &request("DPoP a b", &[])).await;
    assert_eq!(malformed.0, "authorization_malformed");
    assert!(malformed.1[0].starts_with("DPoP error=\"invalid_request\""), "{malformed:?}");
}

#[tokio::test]
async fn a_refusal_quotes_neither_token_nor_proof() {
    let holder = Holder::new();
    let token = holder.token();
    let mut draft = holder.draft(&token);
    draft.claims["jti"] = json!("canary");
    draft.claims["htu"] = json!("https://canary.example/canary");
    let sent = request(&format!("DPoP {token}"), &[&holder.sign(&draft)]);
    let error = verify(&strict(), &sent).unwrap_err();
    let (_, challenges, _) = refusal(&strict(), &sent).await;
    let printed = format!("{error} {error:?} {challenges:?}");
    assert!(!printed.contains("canary") && !printed.contains(&holder.jkt()), "{printed}");
}
