//! The form of a token: parts, base64url, JSON.

use serde_json::json;

use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Sample};
use crate::forge::{Forge, b64, edited};

/// A good token with each part changed in turn; the signature is that over the changed text, so
/// that the spelling is its one defect.
fn each_part(forge: &Forge, label: &str, edit: fn(&str) -> String) -> Vec<Sample> {
    let token = forge.good_token();
    (0..3)
        .map(|part| {
            let changed = edited(&token, part, edit);
            let token = if part < 2 { resigned(forge, &changed) } else { changed };
            Sample::new(format!("{label}, part {part}"), token)
        })
        .collect()
}

/// Good tokens with each part in turn respelt in the other base64 alphabet.
fn respelt(forge: &Forge, character: char, other: &str) -> Vec<Sample> {
    // Texts that take both characters, at each distance from a boundary of three bytes.
    let tokens = (0..64).map(|i| {
        let text = format!("{}>>>???>>>???", "x".repeat(i));
        forge.good().header("x", text.as_str()).claim("jti", text.as_str()).sign()
    });
    (0..3)
        .filter_map(|part| {
            let has_it = |token: &String| {
                token.split('.').nth(part).is_some_and(|text| text.contains(character))
            };
            let token = tokens.clone().find(has_it)?;
            let changed = edited(&token, part, |text| text.replacen(character, other, 1));
            let token = if part < 2 { resigned(forge, &changed) } else { changed };
            Some(Sample::new(format!("{other:?} for {character:?}, part {part}"), token))
        })
        .collect()
}

/// The token with the issuer's signature over its first two parts as they stand.
fn resigned(forge: &Forge, token: &str) -> String {
    let (input, _) = token.rsplit_once('.').unwrap_or_default();
    format!("{input}.{}", b64(forge.keys.current.sign(forge.algorithm, input.as_bytes())))
}

/// Genuine signatures over payloads written by hand.
fn payloads<'t>(forge: &Forge, texts: impl IntoIterator<Item = &'t str>) -> Vec<Sample> {
    let sample = |text: &str| {
        Sample::new(text.escape_debug().to_string(), forge.good().payload_text(text).sign())
    };
    texts.into_iter().map(sample).collect()
}

pub(super) const CASES: &[Case] = &[
    Case::must("fmt-segments", "Not three parts", High)
        .refs(&["RFC 7515 §7.1"])
        .sends("One part, two, four, and parts that are empty.")
        .why("A reader that fills in what is missing invents a token.")
        .refused(|forge| {
            let good = forge.good_token();
            let (input, _) = good.rsplit_once('.').unwrap_or_default();
            let (header, payload) = input.split_once('.').unwrap_or_default();
            [
                ("one part", "abc".to_owned()),
                ("two parts", input.to_owned()),
                ("a dot more", format!("{good}.")),
                ("a dot first", format!(".{good}")),
                ("no header", format!(".{payload}.AAAA")),
                ("no payload", format!("{header}..AAAA")),
                ("dots only", "..".to_owned()),
            ]
            .map(|(label, token)| Sample::new(label, token))
            .into()
        }),
    Case::must("fmt-json-serialization", "The JSON forms of a signed message", Critical)
        .refs(&["RFC 7515 §7.2"])
        .sends(
            "Flattened and general JSON forms, one with no signatures, one that is also compact.",
        )
        .why("A library that reads both forms has accepted an empty list of signatures before.")
        .refused(|forge| {
            let good = forge.good_token();
            let parts: Vec<_> = good.split('.').collect();
            let (header, payload, signature) = (parts[0], parts[1], parts[2]);
            let flattened =
                json!({"protected": header, "payload": payload, "signature": signature});
            let general = json!({"payload": payload,
                "signatures": [{"protected": header, "signature": signature}]});
            [
                ("flattened", flattened.to_string()),
                ("general", general.to_string()),
                ("no signatures", json!({"payload": payload, "signatures": []}).to_string()),
                ("polyglot", format!("{{\"a\":\"{good}\"}}")),
            ]
            .map(|(label, token)| Sample::new(label, token))
            .into()
        }),
    Case::must("fmt-b64-padding", "Padded parts", Medium)
        .refs(&["RFC 7515 §2"])
        .sends("A good token with padding after each part in turn.")
        .why("One token must have one spelling.")
        .refused(|forge| each_part(forge, "padded", |part| format!("{part}="))),
    Case::must("fmt-b64-alphabet", "Characters outside base64url", Medium)
        .refs(&["RFC 7515 §2", "RFC 4648 §5"])
        .sends("A good token with characters of the other alphabet, or of none, in each part.")
        .why("One token must have one spelling.")
        .refused(|forge| {
            let mut samples = respelt(forge, '-', "+");
            samples.extend(respelt(forge, '_', "/"));
            samples.extend(each_part(forge, "question mark", |part| format!("{part}?")));
            samples.extend(each_part(forge, "accent", |part| format!("é{part}")));
            samples
        }),
    Case::must("fmt-b64-whitespace", "White space inside a part", Medium)
        .refs(&["RFC 7515 §2"])
        .sends("A good token with a space, a tab, a line break in each part in turn.")
        .why("Lenient decoders skip it, and one token has many spellings.")
        .refused(|forge| {
            let mut samples = each_part(forge, "space", |part| part.replacen('e', "e ", 1) + " ");
            samples.extend(each_part(forge, "tab", |part| format!("{part}\t")));
            samples.extend(each_part(forge, "line break", |part| format!("{part}\n")));
            samples
        }),
    Case::must("fmt-b64-length", "A part of impossible length", Medium)
        .refs(&["RFC 4648 §3.5"])
        .sends("A good token with each part in turn one character longer than whole bytes make it.")
        .why("Bits that no byte needs are a second spelling, or a decoder's accident.")
        .refused(|forge| {
            each_part(forge, "impossible length", |part| {
                let more = (5 - part.len() % 4) % 4;
                format!("{part}{}", &"AAA"[..more])
            })
        }),
    Case::must("fmt-b64-trailing-bits", "Stray bits at the end of a signature", Medium)
        .refs(&["RFC 4648 §3.5"])
        .sends("A good token whose signature's last character differs in bits that are not used.")
        .why("One token must have one spelling.")
        .refused(|forge| {
            const ALPHABET: &str =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            let forged = edited(&forge.good_token(), 2, |signature| {
                let (rest, last) = signature.split_at(signature.len() - 1);
                let index = ALPHABET.find(last).unwrap_or_default();
                format!("{rest}{}", &ALPHABET[(index ^ 1)..=(index ^ 1)])
            });
            vec![Sample::new("stray bit", forged)]
        }),
    Case::must("fmt-dots", "Dots that are none", Medium)
        .refs(&["RFC 7515 §7.1"])
        .sends("A good token with its dots percent-encoded, or as look-alikes.")
        .why("Decoding twice, or normalising, makes a token out of what is none.")
        .refused(|forge| {
            ["%2E", "．", "。", ",", " "]
                .map(|dot| Sample::new(format!("{dot:?}"), forge.good_token().replace('.', dot)))
                .into()
        }),
    Case::must("fmt-other-formats", "What is no JSON Web Token", Medium)
        .refs(&["RFC 7515 §7.1"])
        .sends("A PASETO, hex, a UUID, an API key, XML in base64.")
        .why("Callers send what they have; it must be refused, and cost nothing.")
        .refused(|_| {
            [
                "v4.public.eyJzdWIiOiJ4In0AAAAAAAAAAAAAAAAA",
                "deadbeefdeadbeefdeadbeefdeadbeef",
                "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                "sk_live_0123456789abcdefghij",
                "PHNhbWw6QXNzZXJ0aW9uLz4=",
            ]
            .map(|token| Sample::new(&token[..8], token))
            .into()
        }),
    Case::must("fmt-payload-not-object", "A payload that is no JSON object", High)
        .refs(&["RFC 7519 §7.2"])
        .sends("Genuine signatures over texts, numbers, lists, nothing, and broken JSON.")
        .why("Some libraries read a list as if its elements had names.")
        .refused(|forge| {
            let (issuer, audience) = (&forge.issuer, &forge.audience);
            let later = forge.now + 300;
            let positional = json!([later, 0, forge.subject, issuer, audience]).to_string();
            let listed = json!([forge.good().claims]).to_string();
            payloads(
                forge,
                ["hello", "\"x\"", "1", "true", "null", "[]", &listed, "{\"sub\":", &positional],
            )
        }),
    Case::must("fmt-payload-empty-object", "A payload that says nothing", High)
        .refs(&["RFC 7519 §4.1.4"])
        .sends("A genuine signature over `{}`.")
        .why("No expiry, no issuer, no audience: nothing that was asked for.")
        .refused(|forge| payloads(forge, ["{}"])),
    Case::must("fmt-payload-trailing-data", "More than one JSON object", High)
        .refs(&["RFC 7519 §7.2"])
        .sends("Genuine signatures over good claims followed by something else.")
        .why("One reader stops at the first object, another takes the last.")
        .refused(|forge| {
            let claims = serde_json::Value::Object(forge.good().claims).to_string();
            let texts = ["x", "{}", "\0", ",", "]"].map(|tail| format!("{claims}{tail}"));
            payloads(forge, texts.iter().map(String::as_str))
        }),
    Case::must("fmt-payload-duplicate-claim", "A claim twice", High)
        .refs(&["RFC 7519 §4", "RFC 8725 §2.6"])
        .sends("Genuine signatures over claims with `sub`, `exp`, `aud` or a nested member twice.")
        .why("One reader takes the first, another the last.")
        .refused(|forge| {
            let claims = serde_json::Value::Object(forge.good().claims).to_string();
            let texts = [
                claims.replacen('{', "{\"sub\":\"admin\",", 1),
                claims.replacen('{', "{\"exp\":9999999999,", 1),
                claims.replacen('{', "{\"aud\":\"x\",\"aud\":\"y\",", 1),
                claims.replacen('{', "{\"x\":1,\"x\":2,", 1),
                claims.replacen('{', "{\"x\":{\"a\":1,\"a\":2},", 1),
                claims.replacen('{', "{\"s\\u0075b\":\"admin\",", 1),
            ];
            payloads(forge, texts.iter().map(String::as_str))
        }),
    Case::must("fmt-payload-bad-utf8", "Claims that are not UTF-8", High)
        .refs(&["RFC 7519 §7.2"])
        .sends("Genuine signatures over an overlong form, a lone continuation byte, UTF-16.")
        .why("Two decoders would see two subjects.")
        .refused(|forge| {
            let claims = serde_json::Value::Object(forge.good().claims).to_string();
            let broken = |bytes: &[u8]| {
                let (before, after) = claims.split_once(&forge.subject).unwrap_or_default();
                [before.as_bytes(), bytes, after.as_bytes()].concat()
            };
            let wide: Vec<u8> = claims.encode_utf16().flat_map(u16::to_be_bytes).collect();
            [
                ("overlong", broken(b"\xc0\xaf")),
                ("continuation", broken(b"a\x80")),
                ("UTF-16", wide),
            ]
            .map(|(label, payload)| Sample::new(label, forge.good().payload_text(payload).sign()))
            .into()
        }),
    Case::must("fmt-payload-case-variant-claims", "Claims in other letter case", High)
        .refs(&["RFC 7519 §10.1.1"])
        .sends("A genuine signature over `EXP`, `Iss`, `AUD` in place of the real claims.")
        .why("Names are compared byte for byte; the real ones are missing.")
        .refused(|forge| {
            [("exp", "EXP"), ("iss", "Iss"), ("aud", "AUD")]
                .into_iter()
                .filter_map(|(name, other)| {
                    let mut draft = forge.good();
                    let value = draft.claims.remove(name)?;
                    Some(Sample::new(other, draft.claim(other, value).sign()))
                })
                .collect()
        }),
    Case::must(
        "fmt-payload-reserved-name",
        "A claim whose name means something to a JSON library",
        High,
    )
    .refs(&["RFC 8725 §2.6"])
    .sends("A genuine signature over a claim with a name that a JSON library keeps for itself.")
    .why("It would be replaced by the JSON in its text: another claim than was signed.")
    .refused(|forge| {
        let inner = json!({"$serde_json::private::RawValue": "[\"admin\"]"});
        vec![Sample::new("reserved", forge.good().claim("role", inner).sign())]
    }),
    Case::must("fmt-nested-token", "A token inside a token", Medium)
        .refs(&["RFC 7519 §5.2"])
        .sends("A genuine signature over a good token as text, with `cty` `JWT`.")
        .why("Only what was asked for is unwrapped.")
        .refused(|forge| {
            let draft = forge.good().header("cty", "JWT").payload_text(forge.good_token());
            vec![Sample::new("nested", draft.sign())]
        }),
    Case::must("fmt-size", "A token of a megabyte", High)
        .refs(&["CWE-400"])
        .sends("Dots, letters and a genuine token of a megabyte.")
        .why("What is refused must cost less than what is accepted.")
        .refused(|forge| {
            let size = 1024 * 1024;
            let padded = forge.good().claim("x", "x".repeat(size)).sign();
            vec![
                Sample::new("dots", ".".repeat(size)),
                Sample::new("letters", "A".repeat(size)),
                Sample::new("genuine", padded),
            ]
        }),
    Case::must("fmt-deep-json", "Claims nested a thousand deep", Low)
        .refs(&["CWE-674"])
        .sends("A genuine signature over claims with a thousand lists in each other.")
        .why("A reader that calls itself for each level runs out of stack.")
        .refused(|forge| {
            let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
            let claims = serde_json::Value::Object(forge.good().claims).to_string();
            let text = claims.replacen('{', &format!("{{\"x\":{deep},"), 1);
            vec![Sample::new("nested", forge.good().payload_text(text).sign())]
        }),
];
