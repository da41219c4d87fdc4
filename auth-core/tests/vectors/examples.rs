//! Tokens as the standards print them: a document of examples in, a verdict on each out.

use auth_core::Algorithm;
use serde::Deserialize;
use serde_json::Value;

use crate::verdict;

/// The documents, and how many examples each has.
const DOCUMENTS: [(&str, usize); 5] = [
    (include_str!("rfc7515.json"), 9),
    (include_str!("rfc7519.json"), 4),
    (include_str!("rfc7520.json"), 11),
    (include_str!("rfc7797.json"), 4),
    (include_str!("rfc8037.json"), 3),
];

#[derive(Deserialize)]
struct Document {
    source: String,
    vectors: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    section: String,
    what: String,
    algorithm: String,
    key: Value,
    token: Form,
    signature: Signature,
    verdict: String,
}

/// How a token is written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Form {
    /// Its parts, which dots separate.
    Compact(Vec<String>),
    /// One of the JSON serializations.
    Json(Value),
}

/// What becomes of the signature.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Signature {
    /// It is the key's over these bytes.
    Good,
    /// The token is refused before.
    Unread,
    /// There is no key to check it with.
    #[serde(rename = "no key")]
    NoKey,
}

impl Example {
    fn token(&self) -> String {
        match &self.token {
            Form::Compact(parts) => parts.join("."),
            Form::Json(json) => json.to_string(),
        }
    }

    async fn verdict(&self, token: &str) -> &'static str {
        let algorithm = Algorithm::from_name(&self.algorithm).unwrap();
        verdict(std::slice::from_ref(&self.key), &[algorithm], token).await
    }
}

/// Every example with the name to report it by.
fn examples() -> impl Iterator<Item = (String, Example)> {
    DOCUMENTS.into_iter().flat_map(|(json, count)| {
        let Document { source, vectors } = serde_json::from_str(json).unwrap();
        assert_eq!(vectors.len(), count, "{source}");
        vectors.into_iter().map(move |example| {
            (format!("{source}, {}: {}", example.section, example.what), example)
        })
    })
}

/// The token with one bit of a part flipped: the last character's are partly unused, so the first.
fn with_other_bits(token: &str, part: usize) -> String {
    let mut parts: Vec<_> = token.split('.').map(str::to_owned).collect();
    let other = if parts[part].starts_with('A') { "B" } else { "A" };
    parts[part].replace_range(..1, other);
    parts.join(".")
}

#[tokio::test]
async fn every_example_is_decided_as_written() {
    for (name, example) in examples() {
        assert_eq!(example.verdict(&example.token()).await, example.verdict, "{name}");
    }
}

#[tokio::test]
async fn every_good_signature_is_good_for_its_own_bytes_only() {
    let mut good = 0;
    for (name, example) in examples().filter(|(_, one)| one.signature == Signature::Good) {
        for part in [1, 2] {
            let token = with_other_bits(&example.token(), part);
            assert_eq!(example.verdict(&token).await, "signature_invalid", "{name}, part {part}");
        }
        good += 1;
    }
    assert_eq!(good, 13);
}

#[tokio::test]
async fn what_is_refused_before_its_signature_is_refused_with_any_signature() {
    for (name, example) in examples().filter(|(_, one)| one.signature == Signature::Unread) {
        let Form::Compact(parts) = &example.token else { continue };
        let last = parts.len() - 1;
        if !parts[last].is_empty() {
            let token = with_other_bits(&example.token(), last);
            assert_eq!(example.verdict(&token).await, example.verdict, "{name}");
        }
    }
}
