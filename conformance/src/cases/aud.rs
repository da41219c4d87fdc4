//! The audience: a text or a list of texts, one of them ours.

use serde_json::{Value, json};

use crate::case::Need::Audience;
use crate::case::Severity::{Critical, High};
use crate::case::{Case, Need, Sample};
use crate::forge::Forge;

const COMPARED: &[Need] = &[Audience];

fn meant_for(forge: &Forge, audience: &Value) -> Sample {
    let label = format!("aud {}", audience.to_string().escape_debug());
    Sample::new(label, forge.good().claim("aud", audience.clone()).sign())
}

fn right(forge: &Forge) -> &str {
    forge.audience.as_deref().unwrap_or_default()
}

pub(super) const CASES: &[Case] = &[
    Case::must("aud-match", "The configured audience", High)
        .refs(&["RFC 7519 §4.1.3"])
        .sends("The audience as a text, alone in a list, and among others.")
        .why("Issuers send both forms.")
        .needs(COMPARED)
        .accepted(|forge| {
            let right = right(forge);
            [json!(right), json!([right]), json!(["other", right]), json!([right, "other"])]
                .iter()
                .map(|audience| meant_for(forge, audience))
                .collect()
        }),
    Case::must("aud-mismatch", "Another audience", Critical)
        .refs(&["RFC 8725 §3.9", "RFC 7519 §4.1.3"])
        .sends("Genuine tokens for another service, as a text and as lists.")
        .why("A token given to one service must not open another.")
        .needs(COMPARED)
        .refused(|forge| {
            [json!("https://other.example"), json!(["a", "b"]), json!([])]
                .iter()
                .map(|audience| meant_for(forge, audience))
                .collect()
        }),
    Case::must("aud-missing", "No audience", Critical)
        .refs(&["RFC 8725 §3.9"])
        .sends("A token without `aud`, and ones where it is null or empty.")
        .why("What is compared has to be there.")
        .needs(COMPARED)
        .refused(|forge| {
            vec![
                Sample::new("absent", forge.good().without("aud").sign()),
                meant_for(forge, &json!(null)),
                meant_for(forge, &json!("")),
                meant_for(forge, &json!([""])),
            ]
        }),
    Case::must("aud-wrong-type", "An audience that is no text", High)
        .refs(&["RFC 7519 §4.1.3"])
        .sends("Numbers, objects, and lists that hold the right text beside something else.")
        .why("A comparison that cannot be made must not pass for one that was.")
        .needs(COMPARED)
        .refused(|forge| {
            let right = right(forge);
            [
                json!(1),
                json!(true),
                json!({"aud": right}),
                json!([right, 1]),
                json!([[right]]),
                json!([null, right]),
            ]
            .iter()
            .map(|audience| meant_for(forge, audience))
            .collect()
        }),
    Case::must("aud-substring", "Almost the audience", Critical)
        .refs(&["RFC 7519 §4.1.3"])
        .sends("The audience with something before it, after it, or missing; two in one text.")
        .why("A comparison of parts is none.")
        .needs(COMPARED)
        .refused(|forge| {
            let right = right(forge);
            [
                format!("{right}-admin"),
                format!("x{right}"),
                right[..right.len() - 1].to_owned(),
                format!("{right} other"),
                format!("other,{right}"),
            ]
            .iter()
            .map(|audience| meant_for(forge, &json!(audience)))
            .collect()
        }),
    Case::must("aud-variants", "The same audience, written otherwise", High)
        .refs(&["RFC 7519 §4.1.3"])
        .sends("Capitals, a slash more, white space, a NUL.")
        .why("Audiences are compared byte for byte.")
        .needs(COMPARED)
        .refused(|forge| {
            let right = right(forge);
            [right.to_uppercase(), format!("{right}/"), format!(" {right}"), format!("{right}\0")]
                .iter()
                .map(|audience| meant_for(forge, &json!(audience)))
                .collect()
        }),
];
