//! Good tokens: a subject that refuses them passes nothing else.

use serde_json::json;

use crate::bench::require;
use crate::case::Need::{RemoteKeys, Rs256, SharedSecret};
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Sample};

pub(super) const CASES: &[Case] = &[
    Case::must("ctl-valid-rs256", "A good RSA token is accepted", High)
        .refs(&["RFC 7518 §3.3", "RFC 7515 §5.2"])
        .sends("A token with every claim it should have, signed with the issuer's current RSA key.")
        .why("A verifier that refuses everything would pass every other case.")
        .needs(&[Rs256])
        .accepted(|forge| vec![Sample::new("good", forge.good_token())]),
    Case::must("ctl-valid-hs256", "A good token under a shared secret is accepted", High)
        .refs(&["RFC 7518 §3.2"])
        .sends("A token with every claim it should have, signed with the shared secret.")
        .why("A verifier that refuses everything would pass every other case.")
        .needs(&[SharedSecret])
        .accepted(|forge| vec![Sample::new("good", forge.good_token())]),
    Case::must("ctl-valid-next-key", "The other published key works as well", High)
        .refs(&["RFC 7517 §5"])
        .sends("A good token signed with the issuer's next key, already in its key set.")
        .why("Issuers publish the next key before they sign with it, so that nobody is locked out.")
        .needs(&[RemoteKeys])
        .accepted(|forge| {
            let next = &forge.keys.next;
            let token = forge.good().header("kid", next.id()).signed_by(next).sign();
            vec![Sample::new("next", token)]
        }),
    Case::must("ctl-minimal-claims", "The required claims are enough", High)
        .refs(&["RFC 7519 §4"])
        .sends("A token with subject, expiry, and what the subject compares; nothing else.")
        .why("To ask for what was never promised locks real users out.")
        .accepted(|forge| {
            let mut draft = forge.good();
            let is_needed = |name: &String| {
                ["sub", "exp", "iss", "aud"].contains(&name.as_str())
                    || forge.required.contains(name)
            };
            draft.claims.retain(|name, _| is_needed(name));
            vec![Sample::new("minimal", draft.sign())]
        }),
    Case::must("ctl-unknown-claims-ignored", "Unknown claims are ignored", Medium)
        .refs(&["RFC 7519 §4"])
        .sends("A good token with nested objects, lists and claims named by URLs besides.")
        .why("Applications add claims of their own.")
        .accepted(|forge| {
            let draft = forge
                .good()
                .claim("https://acme.example/x", json!({"a": [1, {"b": null}]}))
                .claim("groups", json!(["a", "b"]));
            vec![Sample::new("more claims", draft.sign())]
        }),
    Case::must("ctl-unknown-header-ignored", "Unknown header members are ignored", Medium)
        .refs(&["RFC 7515 §4"])
        .sends("A good token with members in its header that nobody defined.")
        .why("Issuers add members; only those named by `crit` have to be understood.")
        .accepted(|forge| {
            let draft = forge.good().header("foo", "bar").header("x-1", json!({"a": 1}));
            vec![Sample::new("more members", draft.sign())]
        }),
    Case::must("ctl-header-json-whitespace", "White space and order in JSON do not matter", Low)
        .refs(&["RFC 8259 §2", "RFC 8259 §4"])
        .sends("A good token whose header is written with other white space and another order.")
        .why("The signature covers the bytes; their layout means nothing.")
        .accepted(|forge| {
            let draft = forge.good();
            let members = draft.header.iter().rev();
            let lines: Vec<_> =
                members.map(|(name, value)| format!("\n\t\"{name}\" : {value} ")).collect();
            let text = format!("{{{}\r\n}}", lines.join(","));
            vec![Sample::new("spaced", draft.header_text(text).sign())]
        }),
    Case::should("ctl-escaped-json-names", "Escapes in JSON are resolved", Low)
        .refs(&["RFC 7515 §10.13", "RFC 8259 §8.3"])
        .sends("A good token that writes `alg` and `sub` with an escape in their names.")
        .why("Two readers must not see two different documents.")
        .accepted(|forge| {
            let header = serde_json::Value::Object(forge.good().header).to_string();
            let header = header.replace("\"alg\"", "\"\\u0061lg\"");
            let claims = serde_json::Value::Object(forge.good().claims).to_string();
            let claims = claims.replace("\"sub\"", "\"\\u0073ub\"");
            let token = forge.good().header_text(header).payload_text(claims).sign();
            vec![Sample::new("escaped", token)]
        }),
    Case::must("ctl-unicode-claims", "Names in any script survive unchanged", Low)
        .refs(&["RFC 8259 §8.1"])
        .sends("A good token whose subject holds accents, Japanese and an emoji.")
        .expects("accepted, the subject byte for byte as it was signed")
        .why("A subject that changes on the way becomes another person, or nobody.")
        .scene(|bench| {
            Box::pin(async move {
                let subject = format!("{}-zoë-日本-🦀", bench.forge.subject);
                let token = bench.forge.good().claim("sub", subject.as_str()).sign();
                bench.must_allow("unicode", &token).await?;
                let seen = bench.subject().ask(&token).await.subject;
                require(seen.as_deref() == Some(&subject), || {
                    format!("the subject became {seen:?}")
                })
            })
        }),
    Case::must("ctl-large-legit-token", "A large real token is accepted", Medium)
        .refs(&["RFC 7519 §4"])
        .sends("A good token of about 6 KB: 200 group names.")
        .why("Size limits protect against junk; large organizations have many groups.")
        .accepted(|forge| {
            let groups: Vec<_> = (0..200).map(|i| format!("group-{i:03}-engineering")).collect();
            vec![Sample::new("large", forge.good().claim("groups", json!(groups)).sign())]
        }),
    Case::must("ctl-token-reusable", "The same token works again and again", Low)
        .refs(&["RFC 6750 §1"])
        .sends("One good token, fifty times.")
        .why("A bearer token is good until it expires.")
        .accepted(|forge| {
            let token = forge.good_token();
            (0..50).map(|_| Sample::new("again", token.clone())).collect()
        }),
    Case::must("ctl-claims-exposed-verbatim", "The handler sees the claims that were signed", High)
        .refs(&["RFC 7519 §7.2"])
        .sends("A good token with claims of every JSON type.")
        .expects("accepted, every claim as it was signed")
        .why("What a handler decides on has to be what was signed.")
        .scene(|bench| {
            Box::pin(async move {
                let draft = bench
                    .forge
                    .good()
                    .claim("every", json!({"n": null, "t": true, "i": -1, "f": 1.5, "l": ["x"]}));
                let token = draft.sign();
                bench.must_allow("every type", &token).await?;
                let seen = bench.subject().ask(&token).await.claims;
                let same = |(name, value): (&String, &serde_json::Value)| {
                    seen.as_ref().and_then(|claims| claims.get(name)) == Some(value)
                };
                require(draft.claims.iter().all(same), || "some claims changed".to_owned())
            })
        }),
    Case::must("ctl-distinct-users", "Two users keep their own identities", Critical)
        .refs(&["RFC 7519 §4.1.2"])
        .sends("Tokens of two users, a hundred times in turn.")
        .expects("each token gets its own user, every time")
        .why("An identity that sticks to a cache or a connection is somebody else's.")
        .scene(|bench| {
            Box::pin(async move {
                let other = format!("{}-2", bench.forge.subject);
                let subjects = [bench.forge.subject.as_str(), &other];
                let tokens =
                    subjects.map(|subject| bench.forge.good().claim("sub", subject).sign());
                for turn in 0..100 {
                    let seen = bench.subject().ask(&tokens[turn % 2]).await.subject;
                    let expected = subjects[turn % 2];
                    require(seen.as_deref() == Some(expected), || {
                        format!("turn {turn}: expected {expected:?}, saw {seen:?}")
                    })?;
                }
                Ok(())
            })
        }),
];
