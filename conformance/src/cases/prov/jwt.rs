//! Keys given by hand, set up otherwise than the harness does: several secrets, written down in other
//! forms, longer hashes.

use auth_core::Algorithm;

use super::must_not_start;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need};
use crate::forge::SigningKey;

const JWT: &[Need] = &[Need::Vendor("jwt")];

const NEW: &str = "new-c2b1f0e9d8c7b6a5948372615049382f-only-for-tests-0123456789abcdef";
const OLD: &str = "old-0f1e2d3c4b5a69788796a5b4c3d2e1f0-only-for-tests-0123456789abcdef";

pub(super) const CASES: &[Case] = &[
    Case::must("prov-jwt-rotation", "Several secrets", High)
        .refs(&["RFC 7517 §5"])
        .sends("Tokens signed with each of the configured secrets, and with one that is not.")
        .expects("accepted, and refused with 401")
        .why("While a secret is replaced, tokens in use are still signed with the old one.")
        .needs(JWT)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.restart_with([("secret", format!("raw:{NEW}, raw:{OLD}"))])?;
                for secret in [NEW, OLD] {
                    let token = bench.forge.good().with_mac(Algorithm::HS256, secret.as_bytes());
                    bench.must_allow(&secret[..3], &token).await?;
                }
                let third = NEW.replace("new", "3rd");
                let token = bench.forge.good().with_mac(Algorithm::HS256, third.as_bytes());
                bench.must_refuse("a third", &token).await
            })
        }),
    Case::must("prov-jwt-encodings", "A secret written in hex or base64", High)
        .refs(&["RFC 4648 §4", "RFC 4648 §8"])
        .sends("Tokens signed with the bytes of a secret, and with the text that stands for them.")
        .expects("accepted, and refused with 401")
        .why("The form is said and not guessed: a text can be right in several.")
        .needs(JWT)
        .scene(|bench| {
            Box::pin(async move {
                let bytes = b"keep this secret to yourself!!! ok";
                for text in [
                    "hex:6b65657020746869732073656372657420746f20796f757273656c66212121206f6b",
                    "base64:a2VlcCB0aGlzIHNlY3JldCB0byB5b3Vyc2VsZiEhISBvaw==",
                    "base64url:a2VlcCB0aGlzIHNlY3JldCB0byB5b3Vyc2VsZiEhISBvaw",
                ] {
                    bench.restart_with([("secret", text)])?;
                    let (form, encoded) = text.split_once(':').unwrap_or_default();
                    let draft = bench.forge.good();
                    let token = draft.clone().with_mac(Algorithm::HS256, bytes);
                    bench.must_allow(form, &token).await?;
                    let token = draft.with_mac(Algorithm::HS256, encoded.as_bytes());
                    bench.must_refuse(&format!("{form}, not decoded"), &token).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-jwt-longer-hash", "HS512 instead of HS256", Medium)
        .refs(&["RFC 7518 §3.2"])
        .sends("With HS512 configured: a token of HS512, one of HS256, one of HS384.")
        .expects("accepted, refused with 401, refused with 401")
        .why("An issuer signs with one algorithm; the others have no business here.")
        .needs(JWT)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("algorithms", "HS512"), ("secret", NEW)])?;
                let token = bench.forge.good().with_mac(Algorithm::HS512, NEW.as_bytes());
                bench.must_allow("HS512", &token).await?;
                for algorithm in [Algorithm::HS256, Algorithm::HS384] {
                    let token = bench.forge.good().with_mac(algorithm, NEW.as_bytes());
                    bench.must_refuse(algorithm.name(), &token).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-jwt-one-kind", "A public key in place of a secret", Critical)
        .refs(&["RFC 8725 §2.1", "RFC 7518 §3.2"])
        .sends("A public key as a secret; an algorithm of public keys; secrets that are too short.")
        .expects("it does not start, and says why")
        .why("Everybody knows the public key, and could sign with it.")
        .needs(JWT)
        .scene(|bench| {
            Box::pin(async move {
                let pem = SigningKey::generate("public", Algorithm::ES256).pem();
                must_not_start(bench, [("secret", pem)], "public key")?;
                must_not_start(bench, [("algorithms", "RS256")], "RS256")?;
                must_not_start(
                    bench,
                    [("algorithms", "HS512"), ("secret", &NEW[..48])],
                    "64 bytes",
                )?;
                let mixed = format!("raw:{NEW}, {OLD}");
                must_not_start(bench, [("secret", mixed)], "behind its form")?;
                must_not_start(bench, [("secret", "hex:00ff")], "at least 32 bytes")
            })
        }),
];
