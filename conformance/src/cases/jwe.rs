//! Encrypted tokens, where none were agreed on.

use serde_json::json;

use crate::case::Severity::{Critical, High};
use crate::case::{Case, Sample};
use crate::forge::{Forge, b64};

/// Five parts under this header.
fn encrypted(forge: &Forge, alg: &str) -> Sample {
    let header = json!({"alg": alg, "enc": "A256GCM", "kid": forge.keys.current.id()});
    let part = |size: usize| b64(vec![7; size]);
    let token =
        format!("{}.{}.{}.{}.{}", b64(header.to_string()), part(256), part(12), part(64), part(16));
    Sample::new(format!("alg {alg}"), token)
}

pub(super) const CASES: &[Case] = &[
    Case::must("jwe-not-configured", "An encrypted token", Critical)
        .refs(&["RFC 7516 §7.1", "CVE-2023-51774"])
        .sends("Five parts that say they were encrypted, in several ways.")
        .why("Anybody can encrypt to a public key: encryption says nothing about who wrote it.")
        .refused(|forge| {
            ["RSA-OAEP", "RSA1_5", "dir", "ECDH-ES", "PBES2-HS256+A128KW"]
                .map(|alg| encrypted(forge, alg))
                .into()
        }),
    Case::must("jwe-empty-parts", "Five empty parts", High)
        .refs(&["RFC 7516 §7.1"])
        .sends("Four dots.")
        .why("Nothing, encrypted, is nothing.")
        .refused(|_| vec![Sample::new("four dots", "....")]),
    Case::should("jwe-header-on-signed", "A signed token that says it is encrypted", High)
        .refs(&["RFC 7516 §4.1.2"])
        .sends("A good token of three parts whose header has `enc`.")
        .why("A reader that goes by the header takes another path than one that counts dots.")
        .refused(|forge| vec![Sample::new("enc", forge.good().header("enc", "A256GCM").sign())]),
];
