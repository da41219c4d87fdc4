//! What a header may say: which kind of token, what has to be understood, and no keys.

use serde_json::{Value, json};

use crate::case::Need::{RemoteKeys, Rs256};
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Sample};
use crate::forge::{Forge, SigningKey};

/// A good token with one header member more.
fn with_header(forge: &Forge, name: &str, value: &Value) -> Sample {
    Sample::new(format!("{name} {value}"), forge.good().header(name, value.clone()).sign())
}

/// A stranger's token that says where to find the stranger's key.
fn pointing(forge: &Forge, name: &str, place: &str) -> Sample {
    let draft = forge.good().header(name, place).signed_by(&forge.keys.stranger);
    Sample::new(format!("{name} {place}"), draft.sign())
}

pub(super) const CASES: &[Case] = &[
    Case::must("hdr-jwk-embedded", "The key comes with the token", Critical)
        .refs(&["RFC 7515 §4.1.3", "CVE-2018-0114"])
        .sends("A stranger's token that carries the stranger's public key as `jwk`.")
        .why("A token that brings its own key proves that it has that key, and nothing else.")
        .refused(|forge| {
            let stranger = &forge.keys.stranger;
            let draft = forge.good().header("jwk", stranger.jwk()).signed_by(stranger);
            let unnamed = draft.clone().without_header("kid");
            vec![Sample::new("real kid", draft.sign()), Sample::new("no kid", unnamed.sign())]
        }),
    Case::must("hdr-jwk-embedded-oct", "A secret comes with the token", Critical)
        .refs(&["RFC 7515 §4.1.3"])
        .sends("A token that carries a secret as `jwk` and a MAC under it.")
        .why("A secret that everybody reads is none.")
        .refused(|forge| {
            let secret = SigningKey::secret("mine", &[9; 64]);
            let draft = forge.good().header("jwk", secret.jwk());
            vec![Sample::new("oct", draft.with_mac(auth_core::Algorithm::HS256, &[9; 64]))]
        }),
    Case::must("hdr-jku-attacker", "The token says where its keys are", Critical)
        .refs(&["RFC 8725 §3.10", "RFC 7515 §4.1.2"])
        .sends("Stranger's tokens whose `jku` names the stranger's host, one inside, or a file.")
        .why("Keys come from the configured issuer; a fetched address is also a way inside.")
        .refused(|forge| {
            [
                "https://evil.example/jwks.json",
                "https://metadata.internal/latest/meta-data",
                "file:///etc/passwd",
            ]
            .map(|place| pointing(forge, "jku", place))
            .into()
        }),
    Case::must("hdr-jku-lookalike", "An address that looks like the issuer's", Critical)
        .refs(&["RFC 8725 §3.10"])
        .sends("Stranger's tokens whose `jku` begins like the issuer, or redirects from it.")
        .why("A comparison of beginnings is no comparison of hosts.")
        .needs(&[RemoteKeys])
        .refused(|forge| {
            let host = forge.issuer.as_deref().unwrap_or_default().trim_end_matches('/');
            let host = host.trim_start_matches("https://");
            [
                format!("https://{host}@evil.example/jwks.json"),
                format!("https://{host}.evil.example/jwks.json"),
                format!("https://evil.example/#{host}"),
                format!("https://{host}/redirect?to=https://evil.example"),
            ]
            .iter()
            .map(|place| pointing(forge, "jku", place))
            .collect()
        }),
    Case::must("hdr-x5u-attacker", "The token says where its certificate is", Critical)
        .refs(&["RFC 8725 §3.10", "RFC 7515 §4.1.5"])
        .sends("A stranger's token whose `x5u` names the stranger's host.")
        .why("Keys come from the configured issuer.")
        .refused(|forge| vec![pointing(forge, "x5u", "https://evil.example/cert.pem")]),
    Case::must("hdr-x5c-attacker", "The certificate comes with the token", Critical)
        .refs(&["RFC 7515 §4.1.6"])
        .sends("A stranger's token that carries a certificate of the stranger's as `x5c`.")
        .why("A certificate nobody vouches for is a key the token brought along.")
        .needs(&[RemoteKeys])
        .refused(|forge| {
            let stranger = &forge.keys.stranger;
            let draft = forge.good().header("x5c", json!([stranger.certificate()]));
            let draft = draft.signed_by(stranger);
            vec![Sample::new("x5c", draft.sign())]
        }),
    Case::must("hdr-crit-unknown", "A critical extension nobody understands", High)
        .refs(&["RFC 7515 §4.1.11"])
        .sends("A good token whose `crit` names an extension, which is there.")
        .why("`crit` says: refuse me unless you understand this.")
        .refused(|forge| {
            let draft = forge.good().header("crit", json!(["urn:x"])).header("urn:x", 1);
            vec![Sample::new("urn:x", draft.sign())]
        }),
    Case::must("hdr-crit-malformed", "A `crit` that is not a list of names", High)
        .refs(&["RFC 7515 §4.1.11"])
        .sends("Good tokens whose `crit` is empty, no list, or holds no names.")
        .why("What cannot be read cannot be understood.")
        .refused(|forge| {
            [
                json!([]),
                json!("b64"),
                json!(true),
                json!(null),
                json!({}),
                json!([1]),
                json!([["exp"]]),
            ]
            .iter()
            .map(|crit| with_header(forge, "crit", crit))
            .collect()
        }),
    Case::must("hdr-crit-names-absent-member", "A critical extension that is not there", Medium)
        .refs(&["RFC 7515 §4.1.11"])
        .sends("Good tokens whose `crit` names a member that the header lacks.")
        .why("The name alone says that something has to be understood.")
        .refused(|forge| {
            [json!(["b64"]), json!(["toString"]), json!(["__proto__"]), json!(["exp"])]
                .iter()
                .map(|crit| with_header(forge, "crit", crit))
                .collect()
        }),
    Case::must("hdr-b64-false", "An unencoded payload", High)
        .refs(&["RFC 7797 §3", "RFC 7797 §7"])
        .sends("A good token that says its payload is not encoded.")
        .why("Two readers would see two payloads.")
        .refused(|forge| {
            let both = forge.good().header("crit", json!(["b64"])).header("b64", false);
            vec![
                Sample::new("with crit", both.sign()),
                Sample::new("without crit", forge.good().header("b64", false).sign()),
            ]
        }),
    Case::should("hdr-compressed", "A compressed payload", Medium)
        .refs(&["RFC 7516 §4.1.3"])
        .sends("A good token that says its payload is compressed.")
        .why("Signed tokens are not compressed; unpacking is a way to be flooded.")
        .refused(|forge| vec![with_header(forge, "zip", &json!("DEF"))]),
    Case::must("hdr-typ-at-jwt", "The access token's own type", High)
        .refs(&["RFC 9068 §2.1"])
        .sends("Good tokens of type `at+jwt`, with and without `application/`, in capitals.")
        .why("Issuers that follow RFC 9068 send it.")
        .accepted(|forge| {
            ["at+jwt", "application/at+jwt", "AT+JWT"]
                .map(|typ| with_header(forge, "typ", &json!(typ)))
                .into()
        }),
    Case::must("hdr-typ-foreign", "Another kind of token", High)
        .refs(&["RFC 8725 §3.11", "RFC 8417 §2.3"])
        .sends("Good tokens that say they are logout tokens, proofs, events.")
        .why("Every issuer signs more than access tokens, with the same keys.")
        .refused(|forge| {
            ["logout+jwt", "dpop+jwt", "secevent+jwt", "token-introspection+jwt", "kb+jwt"]
                .map(|typ| with_header(forge, "typ", &json!(typ)))
                .into()
        }),
    Case::must("hdr-typ-lookalike", "A type that contains the right one", Medium)
        .refs(&["RFC 8725 §3.11"])
        .sends("Good tokens of type `at+jwt;x=1`, `xat+jwt`, `text/at+jwt` and the empty text.")
        .why("A type is compared whole.")
        .refused(|forge| {
            ["at+jwt;x=1", "xat+jwt", "text/at+jwt", ""]
                .map(|typ| with_header(forge, "typ", &json!(typ)))
                .into()
        }),
    Case::should("hdr-typ-not-string", "A type that is no text", Medium)
        .refs(&["RFC 7515 §4.1.9"])
        .sends("Good tokens whose `typ` is null, 1 and a list.")
        .why("A value of the wrong type slips through comparisons in loose languages.")
        .refused(|forge| {
            [json!(null), json!(1), json!(["JWT"])]
                .iter()
                .map(|typ| with_header(forge, "typ", typ))
                .collect()
        }),
    Case::should("hdr-typ-absent", "No type", Low)
        .refs(&["RFC 7519 §5.1"])
        .sends("A good token without `typ`.")
        .why("It is optional, and many issuers leave it out.")
        .accepted(|forge| vec![Sample::new("no typ", forge.good().without_header("typ").sign())]),
    Case::must("hdr-duplicate-member", "A member twice", High)
        .refs(&["RFC 7515 §5.2", "RFC 8725 §2.6"])
        .sends("Good tokens whose header has `alg`, `kid` or an unknown member twice.")
        .why("One reader takes the first, another the last.")
        .refused(|forge| {
            let (alg, kid) = (forge.algorithm, forge.keys.current.id());
            [
                format!("{{\"alg\":\"none\",\"alg\":\"{alg}\",\"kid\":\"{kid}\"}}"),
                format!("{{\"alg\":\"{alg}\",\"kid\":\"x\",\"kid\":\"{kid}\"}}"),
                format!("{{\"alg\":\"{alg}\",\"kid\":\"{kid}\",\"x\":1,\"x\":2}}"),
                format!("{{\"alg\":\"{alg}\",\"kid\":\"{kid}\",\"\\u0061lg\":\"none\"}}"),
            ]
            .iter()
            .map(|header| Sample::new(header, forge.good().header_text(header).sign()))
            .collect()
        }),
    Case::must("hdr-bad-json", "A header that is not one JSON object", High)
        .refs(&["RFC 7515 §5.2"])
        .sends("Tokens whose header is empty, cut short, followed by more, or no object.")
        .why("What cannot be read whole is not read at all.")
        .refused(|forge| {
            let alg =
                format!("\"kid\":\"{}\",\"alg\":\"{}\"", forge.keys.current.id(), forge.algorithm);
            [
                "{}".to_owned(),
                "[]".to_owned(),
                "\"RS256\"".to_owned(),
                format!("{{{alg},}}"),
                format!("{{{}}}", alg.replace('"', "'")),
                format!("{{{alg}"),
                format!("{{{alg}}}{{}}"),
                format!("{{{alg}}}\0"),
                format!("\u{feff}{{{alg}}}"),
            ]
            .iter()
            .map(|header| {
                Sample::new(
                    header.escape_debug().to_string(),
                    forge.good().header_text(header).sign(),
                )
            })
            .collect()
        }),
    Case::must("hdr-bad-utf8", "A header that is not UTF-8", Medium)
        .refs(&["RFC 7515 §5.2"])
        .sends("Tokens whose header holds an overlong form, and one in UTF-16.")
        .why("Two decoders would see two documents.")
        .refused(|forge| {
            let good = Value::Object(forge.good().header).to_string();
            let overlong =
                [good.trim_end_matches('}').as_bytes(), b",\"x\":\"\xc0\xaf\"}"].concat();
            let wide: Vec<u8> =
                format!("\u{feff}{good}").encode_utf16().flat_map(u16::to_le_bytes).collect();
            vec![
                Sample::new("overlong", forge.good().header_text(overlong).sign()),
                Sample::new("UTF-16", forge.good().header_text(wide).sign()),
            ]
        }),
    Case::must("hdr-proto-member", "A member named `__proto__`", Medium)
        .refs(&["RFC 7515 §4"])
        .sends("A good token whose header has a member `__proto__` that names another algorithm.")
        .why("It is an unknown member, and nothing is inherited from it.")
        .needs(&[Rs256])
        .accepted(|forge| {
            let draft = forge.good().header("__proto__", json!({"alg": "HS256", "isAdmin": true}));
            vec![Sample::new("__proto__", draft.sign())]
        }),
];
