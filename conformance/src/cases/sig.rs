//! The signature: changed, removed, or made by somebody else.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use serde_json::json;

use super::jwk::{stranger_as, useless};
use crate::case::Need::{KeySet, RemoteKeys, Rs256};
use crate::case::Severity::{Critical, High};
use crate::case::{Case, Sample};
use crate::forge::{Draft, Forge, b64, edited, padded_digest, signature_of, unb64, with_signature};
use auth_core::Algorithm;

/// A good token with its signature changed.
fn resigned(forge: &Forge, label: &str, change: impl FnOnce(&mut Vec<u8>)) -> Sample {
    let token = forge.good_token();
    let mut signature = signature_of(&token);
    change(&mut signature);
    Sample::new(label, with_signature(&token, &signature))
}

pub(super) const CASES: &[Case] = &[
    Case::must("sig-unverified", "The payload is edited, the signature kept", Critical)
        .refs(&["RFC 7515 §5.2"])
        .sends("A good token whose subject became `admin` after it was signed.")
        .why("This is the whole point of a signature.")
        .refused(|forge| {
            let forged = edited(&forge.good_token(), 1, |payload| {
                let text =
                    String::from_utf8_lossy(&unb64(payload)).replace(&forge.subject, "admin");
                b64(text)
            });
            vec![Sample::new("subject became admin", forged)]
        }),
    Case::must("sig-header-edited", "The header is edited, the signature kept", Critical)
        .refs(&["RFC 7515 §5.2"])
        .sends("A good token whose header gained a member after it was signed.")
        .why("The signature covers the header as well.")
        .refused(|forge| {
            let forged = edited(&forge.good_token(), 0, |header| {
                let text = String::from_utf8_lossy(&unb64(header)).replacen('{', "{\"x\":1,", 1);
                b64(text)
            });
            vec![Sample::new("a member more", forged)]
        }),
    Case::must("sig-bit-flip", "One bit of the signature is flipped", Critical)
        .refs(&["RFC 7515 §5.2"])
        .sends("A good token with one bit changed at the start, middle and end of its signature.")
        .why("A comparison that stops early, or starts late, is none.")
        .refused(|forge| {
            vec![
                resigned(forge, "first byte", |signature| signature[0] ^= 1),
                resigned(forge, "middle byte", |s| {
                    let i = s.len() / 2;
                    s[i] ^= 0x10;
                }),
                resigned(forge, "last byte", |s| {
                    let i = s.len() - 1;
                    s[i] ^= 0x80;
                }),
            ]
        }),
    Case::must("sig-stripped", "The signature is removed", Critical)
        .refs(&["RFC 7515 §5.2", "CVE-2020-28042"])
        .sends("A good token with nothing after its second dot.")
        .why("A verifier that checks what is there finds nothing to object to.")
        .refused(|forge| vec![resigned(forge, "empty", Vec::clear)]),
    Case::must("sig-truncated", "The signature is cut short", Critical)
        .refs(&["RFC 7515 §5.2"])
        .sends("A good token whose signature lost its last byte, and one with 16 bytes left.")
        .why("A comparison over the shorter length accepts a guess of one byte.")
        .refused(|forge| {
            vec![
                resigned(forge, "one byte less", |signature| {
                    signature.pop();
                }),
                resigned(forge, "16 bytes", |signature| signature.truncate(16)),
            ]
        }),
    Case::must("sig-extended", "The signature has bytes appended", High)
        .refs(&["RFC 7518 §3.3", "RFC 7518 §3.4"])
        .sends("A good token whose signature is followed by one zero byte, and by 32 bytes.")
        .why("One token must have one spelling, or lists of revoked ones do not work.")
        .refused(|forge| {
            vec![
                resigned(forge, "a zero byte more", |signature| signature.push(0)),
                resigned(forge, "32 bytes more", |signature| signature.extend([7; 32])),
            ]
        }),
    Case::must("sig-from-other-token", "The signature is another token's", Critical)
        .refs(&["RFC 7515 §5.2"])
        .sends("A forged payload with the signature of a genuine token.")
        .why("A result that is cached by signature, or by key, would let it in.")
        .refused(|forge| {
            let forged = forge.good().claim("sub", "admin");
            let genuine = signature_of(&forge.good_token());
            vec![Sample::new("swapped", forged.with_signature(&genuine))]
        }),
    Case::must("sig-foreign-key-known-kid", "A stranger signed, under a real key's id", Critical)
        .refs(&["RFC 7515 §5.2"])
        .sends("A token that names the issuer's key and is signed with somebody else's.")
        .why("Anybody can make a key; only the issuer has this one.")
        .refused(|forge| {
            let token = forge.good().signed_by(&forge.keys.stranger).sign();
            vec![Sample::new("stranger's signature", token)]
        }),
    Case::must("sig-foreign-key-no-kid", "A stranger signed, naming no key", Critical)
        .refs(&["RFC 7515 §5.2"])
        .sends("A token without `kid`, signed with somebody else's key; the issuer has one key.")
        .why("Without a name, some verifiers check with whatever the token brings.")
        .expects("refused with 401, and the issuer's own token without `kid` accepted")
        .scene(|bench| {
            Box::pin(async move {
                bench.publish([&bench.forge.keys.current]);
                let draft = bench.forge.good().without_header("kid");
                let forged = draft.clone().signed_by(&bench.forge.keys.stranger).sign();
                bench.must_allow("the issuer's", &draft.sign()).await?;
                bench.must_refuse("a stranger's", &forged).await?;
                bench.must_allow("the issuer's", &draft.sign()).await
            })
        }),
    Case::must("sig-all-zero", "The signature is all zeros", Critical)
        .refs(&["CVE-2022-21449"])
        .sends("A good token with zeros in place of its signature, of the right length.")
        .why("Zeros satisfy the equations of some curves when nobody checks their range.")
        .refused(|forge| vec![resigned(forge, "zeros", |signature| signature.fill(0))]),
    Case::must("sig-random", "The signature is random", Critical)
        .refs(&["RFC 7515 §5.2"])
        .sends("A good token with random bytes in place of its signature, of the right length.")
        .why("Right length, right shape, wrong bytes.")
        .refused(|forge| {
            vec![resigned(forge, "random", |signature| {
                SystemRandom::new().fill(signature).expect("the system has random bytes");
            })]
        }),
    Case::must("sig-checked-before-claims", "A forgery learns nothing about claims", High)
        .refs(&["RFC 8725 §3.3"])
        .sends("A forged token, and one that is also expired and for another audience.")
        .expects("both refused with 401 and for the same reason")
        .why("Claims mean nothing before the signature is checked.")
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let (forge, stranger) = (&bench.forge, bench.forge.keys.stranger.clone());
                let draft = forge.good().signed_by(&stranger);
                let (plain, expired) =
                    (draft.sign(), draft.claim("exp", 1).claim("aud", "x").sign());
                let first = bench.subject().ask(&plain).await;
                let second = bench.subject().ask(&expired).await;
                bench.note("forged", &first);
                bench.note("forged and expired", &second);
                crate::bench::require(first.is_refused() && first.code == second.code, || {
                    format!("expected two refusals alike, got {first} and {second}")
                })
            })
        }),
    Case::must("sig-jwk-alg-differs", "A key is used with another algorithm than its own", High)
        .refs(&["RFC 7517 §4.4", "RFC 8725 §3.1"])
        .sends("A key published for RS512, and a token correctly signed with it under RS256.")
        .expects("refused with 401, and accepted when the key names no other algorithm")
        .why("One key, one algorithm: mixing them has broken schemes before.")
        .needs(&[RemoteKeys, KeySet, Rs256])
        .scene(|bench| {
            Box::pin(async move {
                let (good, token) = stranger_as(bench, "bad");
                let mut bad = good.clone();
                bad["alg"] = json!("RS512");
                useless(bench, "RS256 with a key for RS512", Some(good), bad, token).await
            })
        }),
    Case::must("sig-rsa-exponent-one", "A signature that needs no key", Critical)
        .refs(&["RFC 8017 §3.1"])
        .sends("A key set with an RSA key of exponent 1, and the padded hash as a signature.")
        .expects("refused with 401; good keys of the same set still work")
        .why("With that exponent the signature is the message: anybody can write it.")
        .needs(&[RemoteKeys, KeySet, Rs256])
        .scene(|bench| {
            Box::pin(async move {
                let mut jwk = bench.forge.keys.stranger.clone().named("one").jwk();
                jwk["e"] = json!("AQ");
                let draft: Draft = bench.forge.good().header("kid", "one");
                let forged = padded_digest(draft.signing_input().as_bytes(), 256);
                let token = draft.with_signature(&forged);
                useless(bench, "exponent 1", None, jwk, token).await
            })
        }),
    Case::must("sig-alg-family-mismatch", "PSS presented as PKCS #1, and the reverse", High)
        .refs(&["RFC 7518 §3.3", "RFC 7518 §3.5"])
        .sends("Signatures of the right key in the other padding than the header says.")
        .why("The algorithm is what was agreed, not what happens to fit.")
        .needs(&[Rs256])
        .refused(|forge| {
            let pss = forge.good().signed_with(Algorithm::PS256);
            let pkcs1 = forge.good().header("alg", "PS256").signed_with(Algorithm::RS256);
            vec![Sample::new("PSS as RS256", pss.sign()), Sample::new("RS256 as PSS", pkcs1.sign())]
        }),
    Case::must("sig-hash-mismatch", "Another hash than the header says", High)
        .refs(&["RFC 7518 §3.3"])
        .sends("Signatures of the right key over SHA-384 and SHA-512 under an RS256 header.")
        .why("The algorithm is what was agreed, not what happens to fit.")
        .needs(&[Rs256])
        .refused(|forge| {
            let sign = |algorithm| forge.good().signed_with(algorithm).sign();
            vec![
                Sample::new("SHA-384", sign(Algorithm::RS384)),
                Sample::new("SHA-512", sign(Algorithm::RS512)),
            ]
        }),
];
