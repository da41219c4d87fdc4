//! The algorithm: none, unknown, malformed, or one that was not agreed on.

use serde_json::{Value, json};

use super::jwks::publish_besides;
use crate::case::Need::{RemoteKeys, Rs256, SharedSecret};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Sample};
use crate::forge::{Forge, SigningKey, signature_of};
use auth_core::Algorithm;

/// A good payload under this `alg`, with an empty signature and with one that was good before.
fn unsigned(forge: &Forge, alg: &str) -> [Sample; 2] {
    let draft = forge.good().header("alg", alg);
    let signature = signature_of(&forge.good_token());
    [
        Sample::new(format!("alg {alg:?}"), draft.with_signature(&[])),
        Sample::new(format!("alg {alg:?}, signature kept"), draft.with_signature(&signature)),
    ]
}

/// A token signed with the right key whose `alg` is this.
fn misnamed(forge: &Forge, alg: &Value) -> Sample {
    Sample::new(format!("alg {alg}"), forge.good().header("alg", alg.clone()).sign())
}

/// Correct tokens of the issuer's own key under those of these algorithms that were not agreed on.
fn siblings(forge: &Forge, algorithms: [Algorithm; 3]) -> Vec<Sample> {
    let others = algorithms.into_iter().filter(|algorithm| *algorithm != forge.algorithm);
    others
        .map(|algorithm| {
            let draft = forge.good().header("alg", algorithm.name()).signed_with(algorithm);
            Sample::new(algorithm.name(), draft.sign())
        })
        .collect()
}

pub(super) const CASES: &[Case] = &[
    Case::must("sig-alg-none", "`none` with an empty signature", Critical)
        .refs(&["RFC 8725 §3.2", "RFC 7518 §3.6", "CVE-2015-9235"])
        .sends("A token that says it is not signed.")
        .why("The token must not choose whether it is checked.")
        .refused(|forge| {
            let [empty, _] = unsigned(forge, "none");
            vec![empty]
        }),
    Case::must("sig-alg-none-keeps-signature", "`none` with the old signature kept", Critical)
        .refs(&["RFC 8725 §3.2", "CVE-2015-2951"])
        .sends("A genuine token whose header now says `none`, its signature untouched.")
        .why("A check for an empty signature is not a check of the algorithm.")
        .refused(|forge| {
            let [_, kept] = unsigned(forge, "none");
            vec![kept]
        }),
    Case::must("sig-alg-none-case", "`none` in other letter cases", Critical)
        .refs(&["RFC 8725 §3.2"])
        .sends("Unsigned tokens that spell it None, NONE, nOnE, nONE, noNE.")
        .why("A list of what is forbidden never holds every spelling.")
        .refused(|forge| {
            ["None", "NONE", "nOnE", "nONE", "noNE"]
                .into_iter()
                .flat_map(|alg| unsigned(forge, alg))
                .collect()
        }),
    Case::must("sig-alg-none-padded", "`none` with white space or look-alikes", Critical)
        .refs(&["RFC 8725 §3.2"])
        .sends("Unsigned tokens that spell it with spaces, a NUL, full-width letters.")
        .why("A name that is trimmed or normalised somewhere becomes `none` there.")
        .refused(|forge| {
            [" none", "none ", "none\0", "ｎｏｎｅ", "\tnone"]
                .into_iter()
                .flat_map(|alg| unsigned(forge, alg))
                .collect()
        }),
    Case::must("sig-alg-none-escaped", "`none` written with an escape", Critical)
        .refs(&["RFC 8725 §3.2", "RFC 8259 §8.3"])
        .sends("An unsigned token that writes the first letter of `none` as an escape.")
        .why("A search of the text for `none` does not find it.")
        .refused(|forge| {
            let header = r#"{"alg":"\u006eone","kid":"current"}"#;
            let draft = forge.good().header_text(header);
            let signature = signature_of(&forge.good_token());
            vec![
                Sample::new("escaped", draft.with_signature(&[])),
                Sample::new("escaped, signature kept", draft.with_signature(&signature)),
            ]
        }),
    Case::must("sig-alg-none-two-segments", "`none` without the last dot", Critical)
        .refs(&["RFC 7515 §7.1"])
        .sends("An unsigned token of two parts.")
        .why("A reader that fills in what is missing finds an empty signature.")
        .refused(|forge| {
            let token = forge.good().header("alg", "none").signing_input();
            vec![Sample::new("two parts", token)]
        }),
    Case::must("sig-alg-none-falsy-key", "`none` with an unknown key id", Critical)
        .refs(&["RFC 8725 §3.2"])
        .sends("An unsigned token that names a key nobody has.")
        .why("No key and no algorithm can add up to no check.")
        .refused(|forge| {
            let draft = forge.good().header("alg", "none").header("kid", "nobody");
            let signature = signature_of(&forge.good_token());
            vec![
                Sample::new("unknown kid", draft.with_signature(&[])),
                Sample::new("unknown kid, signature kept", draft.with_signature(&signature)),
            ]
        }),
    Case::must("sig-alg-missing", "No `alg` at all", High)
        .refs(&["RFC 7515 §4.1.1"])
        .sends("A token signed with the right key whose header names no algorithm.")
        .why("A default that the token triggers is a choice of the token.")
        .refused(|forge| vec![Sample::new("no alg", forge.good().without_header("alg").sign())]),
    Case::must("sig-alg-empty", "An empty `alg`", High)
        .refs(&["RFC 7515 §4.1.1"])
        .sends("A token signed with the right key whose algorithm is the empty text.")
        .why("Empty is not absent, and neither is allowed.")
        .refused(|forge| vec![misnamed(forge, &json!(""))]),
    Case::must("sig-alg-not-string", "An `alg` that is no text", High)
        .refs(&["RFC 7515 §4.1.1"])
        .sends(
            "Tokens signed with the right key whose algorithm is null, true, 0, a list, an object.",
        )
        .why("A value of the wrong type slips through comparisons in loose languages.")
        .refused(|forge| {
            let right = forge.algorithm.name();
            [json!(null), json!(true), json!(0), json!([right]), json!({"name": right})]
                .iter()
                .map(|alg| misnamed(forge, alg))
                .collect()
        }),
    Case::must("sig-alg-case-sensitive", "The algorithm's name in lower case", High)
        .refs(&["RFC 7515 §4.1.1"])
        .sends("A token signed with the right key whose algorithm is spelt in lower case.")
        .why("Names are compared byte for byte; a loose comparison has other gaps.")
        .refused(|forge| vec![misnamed(forge, &json!(forge.algorithm.name().to_lowercase()))]),
    Case::must("sig-alg-jwe-name", "A name that belongs to encryption", Medium)
        .refs(&["RFC 7515 §4.1.1"])
        .sends("Tokens signed with the right key that name RSA-OAEP, dir and A256KW.")
        .why("What is not a signature algorithm is not one.")
        .refused(|forge| {
            ["RSA-OAEP", "dir", "A256KW"].map(|alg| misnamed(forge, &json!(alg))).into()
        }),
    Case::must("sig-alg-unknown", "An algorithm that does not exist", Medium)
        .refs(&["RFC 7515 §4.1.1"])
        .sends("Tokens signed with the right key that name RS1, HS1 and XS256.")
        .why("What is unknown is refused, not guessed.")
        .refused(|forge| ["RS1", "HS1", "XS256"].map(|alg| misnamed(forge, &json!(alg))).into()),
    Case::must("sig-alg-not-allowlisted", "A genuine algorithm that was not agreed on", High)
        .refs(&["RFC 8725 §3.1"])
        .sends("A key set that also holds a P-256 key, and a correct ES256 token of it.")
        .expects("refused with 401; good tokens still work")
        .why("What the issuer publishes does not widen what the verifier accepts.")
        .needs(&[RemoteKeys, Rs256])
        .scene(|bench| {
            Box::pin(async move {
                let key = SigningKey::generate("ec", Algorithm::ES256);
                publish_besides(bench, &key);
                bench.control().await?;
                let draft = bench.forge.good().header("alg", "ES256").header("kid", "ec");
                let token = draft.signed_with(Algorithm::ES256).signed_by(&key).sign();
                bench.must_refuse("ES256", &token).await?;
                bench.control().await
            })
        }),
    Case::must("sig-alg-sibling", "Another algorithm of the right key", High)
        .refs(&["RFC 8725 §3.1"])
        .sends("Correct RS384, RS512 and PS256 tokens of the issuer's own key, RS256 being agreed.")
        .why("A verifier that goes by the token's header accepts whatever the key can do.")
        .needs(&[RemoteKeys, Rs256])
        .expects("refused with 401, although the key itself names no algorithm")
        .scene(|bench| {
            Box::pin(async move {
                // Published plainly, without what the vendor adds.
                bench.publish([&bench.forge.keys.current]);
                bench.control().await?;
                let algorithms = [Algorithm::RS384, Algorithm::RS512, Algorithm::PS256];
                for Sample { label, token } in siblings(&bench.forge, algorithms) {
                    bench.must_refuse(&label, &token).await?;
                }
                bench.control().await
            })
        }),
    Case::must("sig-kty-mismatch", "The named key is of another type", High)
        .refs(&["RFC 7518 §3.1"])
        .sends("A token that says ES256 and names an RSA key.")
        .why("The key says what it is for; the token does not.")
        .needs(&[Rs256])
        .refused(|forge| {
            let key = SigningKey::generate("current", Algorithm::ES256);
            let draft = forge.good().header("alg", "ES256").signed_with(Algorithm::ES256);
            vec![Sample::new("ES256 with an RSA key's id", draft.signed_by(&key).sign())]
        }),
    Case::must("sig-hs-size-downgrade", "Another HMAC than the one agreed on", Medium)
        .refs(&["RFC 8725 §3.1"])
        .sends("Tokens under the right secret with the other two hash sizes.")
        .why("The list of algorithms holds what was agreed, not a family.")
        .needs(&[SharedSecret])
        .refused(|forge| siblings(forge, [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512])),
    Case::must("sig-asymmetric-on-secret", "An asymmetric token for a shared secret", High)
        .refs(&["RFC 8725 §3.1"])
        .sends("Correct RS256 and ES256 tokens under keys that came from nowhere.")
        .why("A verifier of secrets has no public keys, and must not find any.")
        .needs(&[SharedSecret])
        .refused(|forge| {
            [Algorithm::RS256, Algorithm::ES256]
                .map(|algorithm| {
                    let key = SigningKey::generate("current", algorithm);
                    let draft = forge.good().header("alg", algorithm.name()).signed_by(&key);
                    let draft = draft.header("jwk", key.jwk()).signed_with(algorithm);
                    Sample::new(algorithm.name(), draft.sign())
                })
                .into()
        }),
];
