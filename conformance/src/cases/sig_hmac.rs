//! HMAC under a key that is no secret: public keys in every form, empty and well-known keys.

use crate::case::Need::{RemoteKeys, Rs256};
use crate::case::Severity::{Critical, High};
use crate::case::{Case, Sample};
use crate::forge::{Forge, pem_text, unb64};
use auth_core::Algorithm;

const HMACS: [Algorithm; 3] = [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512];

/// Good payloads under each HMAC with this key.
fn macs(forge: &Forge, label: &str, key: &[u8]) -> Vec<Sample> {
    let sample = |algorithm| {
        Sample::new(format!("{label}, {algorithm}"), forge.good().with_mac(algorithm, key))
    };
    HMACS.map(sample).into()
}

const fn confused(case: Case) -> Case {
    case.refs(&["RFC 8725 §2.1", "CVE-2015-9235", "CVE-2016-10555"])
        .why("If the token may choose HMAC, the public key becomes the secret, and all know it.")
        .needs(&[RemoteKeys])
}

pub(super) const CASES: &[Case] = &[
    confused(
        Case::must("sig-hmac-confusion-pem-spki", "HMAC under the public key as PEM", Critical)
            .sends(
                "MACs under the PEM text of the issuer's key, with and without its last newline, and with CRLF.",
            ),
    )
    .refused(|forge| {
        let pem = forge.keys.current.pem();
        let mut samples = macs(forge, "PEM", pem.as_bytes());
        samples.extend(macs(forge, "PEM without newline", pem.trim_end().as_bytes()));
        samples.extend(macs(forge, "PEM with CRLF", pem.replace('\n', "\r\n").as_bytes()));
        samples
    }),
    confused(
        Case::must("sig-hmac-confusion-pem-pkcs1", "HMAC under the key as PKCS #1 PEM", Critical)
            .sends("MACs under the `BEGIN RSA PUBLIC KEY` text of the issuer's key."),
    )
    .needs(&[RemoteKeys, Rs256])
    .refused(|forge| {
        let pem = pem_text("RSA PUBLIC KEY", forge.keys.current.public());
        macs(forge, "PKCS #1 PEM", pem.as_bytes())
    }),
    confused(
        Case::must(
            "sig-hmac-confusion-pem-whitespace",
            "HMAC under a PEM with white space",
            Critical,
        )
        .sends("MACs under the PEM text with a newline, a space, a byte-order mark before it."),
    )
    .refused(|forge| {
        let pem = forge.keys.current.pem();
        [("newline", "\n"), ("space", " "), ("byte-order mark", "\u{feff}")]
            .iter()
            .flat_map(|(label, prefix)| macs(forge, label, format!("{prefix}{pem}").as_bytes()))
            .collect()
    }),
    confused(
        Case::must("sig-hmac-confusion-der", "HMAC under the public key as DER", Critical)
            .sends("MACs under the DER bytes of the issuer's key, both encodings."),
    )
    .refused(|forge| {
        let mut samples = macs(forge, "SPKI", forge.keys.current.spki());
        samples.extend(macs(forge, "raw", forge.keys.current.public()));
        samples
    }),
    confused(
        Case::must("sig-hmac-confusion-jwk-json", "HMAC under the JWK's text", Critical)
            .sends("MACs under the JSON text of the issuer's key as it is published."),
    )
    .refused(|forge| macs(forge, "JWK", forge.published[0].to_string().as_bytes())),
    confused(
        Case::must("sig-hmac-confusion-jwks-json", "HMAC under the key set's text", Critical)
            .sends("MACs under the JSON text of the whole key set."),
    )
    .refused(|forge| {
        let document = serde_json::json!({ "keys": forge.published }).to_string();
        macs(forge, "key set", document.as_bytes())
    }),
    confused(
        Case::must("sig-hmac-confusion-modulus", "HMAC under the modulus", Critical)
            .sends("MACs under the RSA modulus, as bytes and as its text."),
    )
    .needs(&[RemoteKeys, Rs256])
    .refused(|forge| {
        let jwk = forge.keys.current.jwk();
        let text = jwk["n"].as_str().unwrap_or_default().to_owned();
        let mut samples = macs(forge, "bytes", &unb64(&text));
        samples.extend(macs(forge, "text", text.as_bytes()));
        samples
    }),
    Case::must("sig-hmac-empty-key", "HMAC under the empty key", Critical)
        .refs(&["RFC 7518 §3.2", "CVE-2019-20933"])
        .sends("MACs under no key at all, naming a real key and an unknown one.")
        .why("A key that was not found must not become an empty one.")
        .refused(|forge| {
            let mut samples = macs(forge, "known kid", b"");
            samples.extend(HMACS.map(|algorithm| {
                let draft = forge.good().header("kid", "nobody");
                Sample::new(format!("unknown kid, {algorithm}"), draft.with_mac(algorithm, b""))
            }));
            samples
        }),
    Case::must("sig-hmac-trivial-keys", "HMAC under trivial keys", Critical)
        .refs(&["RFC 7518 §3.2"])
        .sends("MACs under a zero byte, 32 zero bytes, the key's id, the issuer, the audience.")
        .why("Everything the token itself says is known to whoever made it.")
        .refused(|forge| {
            let issuer = forge.issuer.clone().unwrap_or_default();
            let audience = forge.audience.clone().unwrap_or_default();
            let kid = forge.keys.current.id().as_bytes();
            [
                ("zero byte", &[0][..]),
                ("32 zero bytes", &[0; 32]),
                ("key id", kid),
                ("issuer", issuer.as_bytes()),
                ("audience", audience.as_bytes()),
            ]
            .iter()
            .flat_map(|(label, key)| macs(forge, label, key))
            .collect()
        }),
    Case::must("sig-hmac-common-secrets", "HMAC under well-known secrets", High)
        .refs(&["RFC 8725 §3.5"])
        .sends("MACs under secrets from tutorials.")
        .why("What is in a tutorial is in every word list.")
        .refused(|forge| {
            ["secret", "changeme", "password", "your-256-bit-secret", "jwt_secret", "key", "test"]
                .iter()
                .map(|key| {
                    Sample::new(*key, forge.good().with_mac(Algorithm::HS256, key.as_bytes()))
                })
                .collect()
        }),
];
