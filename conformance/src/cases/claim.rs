//! The subject, and the kinds of token that are no access token.

use serde_json::json;

use crate::bench::require;
use crate::case::Need::Audience;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Sample};

pub(super) const CASES: &[Case] = &[
    Case::must("sub-wrong-type", "A subject that is no text", High)
        .refs(&["RFC 7519 §4.1.2"])
        .sends("Genuine tokens whose subject is a number, null, a list, an object, empty.")
        .why("A subject becomes an id in a database; coerced, it becomes somebody else's.")
        .refused(|forge| {
            [json!(1), json!(null), json!(true), json!(["a"]), json!({"$ne": 1}), json!("")]
                .iter()
                .map(|sub| {
                    Sample::new(format!("sub {sub}"), forge.good().claim("sub", sub.clone()).sign())
                })
                .collect()
        }),
    Case::must("sub-case-and-normalisation", "Subjects are not folded", Medium)
        .refs(&["RFC 7519 §4.1.2"])
        .sends("Subjects that differ in letter case, accents' spelling, or spaces.")
        .expects("accepted, each subject byte for byte as it was signed")
        .why("Two users whose ids look alike are two users.")
        .scene(|bench| {
            Box::pin(async move {
                for sub in ["user-1", "USER-1", "é", "e\u{301}", " user-1 "] {
                    let token = bench.forge.good().claim("sub", sub).sign();
                    let answer = bench.subject().ask(&token).await;
                    bench.note(&sub.escape_unicode().to_string(), &answer);
                    require(answer.subject.as_deref() == Some(sub), || {
                        format!("{sub:?} became {:?}", answer.subject)
                    })?;
                }
                Ok(())
            })
        }),
    Case::must("kind-id-token-as-access", "An ID token in place of an access token", Critical)
        .refs(&["RFC 8725 §3.12", "RFC 9068 §5"])
        .sends("A genuine token for the client, with `nonce` and `at_hash`.")
        .why("It says who logged in somewhere, not what they may do here.")
        .needs(&[Audience])
        .refused(|forge| {
            let draft = forge.good().claim("aud", "my-client-id").claim("nonce", "n");
            vec![Sample::new("ID token", draft.claim("at_hash", "h").sign())]
        }),
    Case::must("kind-dpop-proof-as-bearer", "A proof of possession in place of a token", Critical)
        .refs(&["RFC 9449 §4.2", "RFC 8725 §3.11"])
        .sends("A DPoP proof with its embedded key.")
        .why("The caller makes proofs; only the issuer makes tokens.")
        .refused(|forge| {
            let stranger = &forge.keys.stranger;
            let proof = forge.good().header("typ", "dpop+jwt").header("jwk", stranger.jwk());
            let proof = proof.claim("htm", "GET").claim("htu", "https://api.acme.example/");
            vec![Sample::new("DPoP proof", proof.signed_by(stranger).sign())]
        }),
];
