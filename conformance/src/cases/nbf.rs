//! Not before, and issued at.

use serde_json::{Value, json};

use crate::case::Need::Leeway;
use crate::case::Severity::{High, Low, Medium};
use crate::case::{Case, Sample};
use crate::forge::Forge;

fn with(forge: &Forge, claim: &str, label: &str, value: impl Into<Value>) -> Sample {
    Sample::new(label, forge.good().claim(claim, value.into()).sign())
}

pub(super) const CASES: &[Case] = &[
    Case::must("nbf-now", "A token that is valid from now on", Medium)
        .refs(&["RFC 7519 §4.1.5"])
        .sends("Tokens whose `nbf` is now, a second ago, an hour ago, and absent.")
        .why("The counterpart of every refusal below.")
        .accepted(|forge| {
            vec![
                with(forge, "nbf", "now", forge.at(0)),
                with(forge, "nbf", "a second ago", forge.at(-1)),
                with(forge, "nbf", "an hour ago", forge.at(-3600)),
                Sample::new("absent", forge.good().without("nbf").sign()),
            ]
        }),
    Case::must("nbf-future-beyond-leeway", "A token that is not valid yet", High)
        .refs(&["RFC 7519 §4.1.5"])
        .sends("Tokens whose `nbf` lies beyond the leeway, an hour ahead, a century ahead.")
        .why("Whoever issued it meant: not yet.")
        .refused(|forge| {
            [forge.tolerance() + 1, 3600, 3_153_600_000]
                .map(|ahead| with(forge, "nbf", &format!("{ahead} s ahead"), forge.at(ahead)))
                .into()
        }),
    Case::should("nbf-future-within-leeway", "Not valid yet, within the leeway", Low)
        .refs(&["RFC 7519 §4.1.5"])
        .sends("A token whose `nbf` lies as far ahead as the leeway.")
        .why("Clocks disagree a little.")
        .needs(&[Leeway])
        .accepted(|forge| vec![with(forge, "nbf", "on the edge", forge.at(forge.tolerance()))]),
    Case::must("nbf-wrong-type", "A `nbf` that is no time", High)
        .refs(&["RFC 7519 §2", "CVE-2026-25537"])
        .sends("Texts, truth values, lists, and enormous numbers.")
        .why("A check that fails to read the value must not pass for one that succeeded.")
        .refused(|forge| {
            [json!("0"), json!(""), json!(true), json!(null), json!([0]), json!({}), json!(1e30)]
                .iter()
                .map(|nbf| with(forge, "nbf", &format!("nbf {nbf}"), nbf.clone()))
                .collect()
        }),
    Case::should("iat-future-beyond-leeway", "A token issued in the future", Medium)
        .refs(&["RFC 7519 §4.1.6"])
        .sends("A token whose `iat` lies a minute beyond the leeway.")
        .why("A clock is wrong, or somebody prepared tokens for later.")
        .refused(|forge| {
            vec![with(forge, "iat", "a minute ahead", forge.at(forge.tolerance() + 60))]
        }),
    Case::should("iat-wrong-type", "An `iat` that is no time", Medium)
        .refs(&["RFC 7519 §2"])
        .sends("A text, null, a list.")
        .why("What is there has to be what it is called.")
        .refused(|forge| {
            [json!("x"), json!(null), json!([])]
                .iter()
                .map(|iat| with(forge, "iat", &format!("iat {iat}"), iat.clone()))
                .collect()
        }),
];
