//! Expiry: it has to be there, be a number, and lie ahead.

use serde_json::{Value, json};

use crate::case::Need::Leeway;
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Sample};
use crate::forge::Forge;

/// A token that expires then.
pub(super) fn expiring(forge: &Forge, label: &str, exp: impl Into<Value>) -> Sample {
    Sample::new(label, forge.good().claim("exp", exp.into()).sign())
}

/// A token whose payload writes the time in this way.
fn written(forge: &Forge, exp: &str) -> Sample {
    let claims = Value::Object(forge.good().without("exp").claims).to_string();
    let payload = claims.replacen('{', &format!("{{\"exp\":{exp},"), 1);
    Sample::new(format!("exp {exp}"), forge.good().payload_text(payload).sign())
}

pub(super) const CASES: &[Case] = &[
    Case::must("exp-valid", "A token that expires later", High)
        .refs(&["RFC 7519 §4.1.4"])
        .sends("Tokens that expire in a minute, in five, in a day.")
        .why("The counterpart of every refusal below.")
        .accepted(|forge| {
            [60, 300, 86_400]
                .map(|seconds| expiring(forge, &format!("{seconds} s"), forge.at(seconds)))
                .into()
        }),
    Case::must("exp-expired-beyond-leeway", "A token that expired", Critical)
        .refs(&["RFC 7519 §4.1.4"])
        .sends("Tokens that expired five seconds beyond the leeway, an hour ago, a year ago.")
        .why("Whoever found an old token in a log would still get in.")
        .refused(|forge| {
            [forge.tolerance() + 5, 3600, 31_536_000]
                .map(|ago| expiring(forge, &format!("{ago} s ago"), forge.at(-ago)))
                .into()
        }),
    Case::must("exp-equal-now", "A token that expires this very second", High)
        .refs(&["RFC 7519 §4.1.4"])
        .sends("A token whose expiry is now, less the leeway.")
        .why("\"On or after\" the expiry it must not be accepted.")
        .refused(|forge| vec![expiring(forge, "on the edge", forge.at(-forge.tolerance()))]),
    Case::should("exp-expired-within-leeway", "A token that expired within the leeway", Low)
        .refs(&["RFC 7519 §4.1.4"])
        .sends("A token that expired a second less than the leeway ago.")
        .why("Clocks disagree a little.")
        .needs(&[Leeway])
        .accepted(|forge| vec![expiring(forge, "within", forge.at(1 - forge.tolerance()))]),
    Case::must("exp-missing", "A token that never expires", High)
        .refs(&["RFC 9068 §2.2"])
        .sends("A token without `exp`, and one where it is null.")
        .why("A stolen token would be good for ever.")
        .refused(|forge| {
            vec![
                Sample::new("absent", forge.good().without("exp").sign()),
                expiring(forge, "null", Value::Null),
            ]
        }),
    Case::must("exp-string", "An expiry written as a text", High)
        .refs(&["RFC 7519 §2", "CVE-2026-25537"])
        .sends("Texts that hold a number, a date, a word, nothing.")
        .why("A check that fails to read the value must not pass for one that succeeded.")
        .refused(|forge| {
            ["9999999999", "1", "", "never", "2099-01-01T00:00:00Z", "1e12"]
                .map(|text| expiring(forge, &format!("{text:?}"), text))
                .into()
        }),
    Case::must("exp-wrong-type", "An expiry that is no number", High)
        .refs(&["RFC 7519 §2"])
        .sends("Truth values, a list, an object.")
        .why("Loose languages compare them somehow.")
        .refused(|forge| {
            [json!(true), json!(false), json!([9_999_999_999_u64]), json!({"$gt": 0}), json!([])]
                .iter()
                .map(|exp| expiring(forge, &format!("exp {exp}"), exp.clone()))
                .collect()
        }),
    Case::must("exp-zero-negative", "An expiry in 1970 or before", High)
        .refs(&["RFC 7519 §4.1.4"])
        .sends("0, -0, -1 and a large negative number.")
        .why("Zero must not mean \"never\", and negative must not wrap.")
        .refused(|forge| {
            ["0", "-0", "-1", "-9223372036854775808", "-0.5"].map(|exp| written(forge, exp)).into()
        }),
    Case::should("exp-overflow", "An expiry beyond every calendar", High)
        .refs(&["RFC 7519 §4.1.4", "CWE-190"])
        .sends("The largest integers of several widths, and numbers beyond them.")
        .why("Arithmetic that wraps turns the far future into the past, or the reverse.")
        .refused(|forge| {
            [
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551615",
                "18446744073709551616",
                "1e30",
                "1e308",
                "1e400",
            ]
            .map(|exp| written(forge, exp))
            .into()
        }),
    Case::must("exp-fraction", "An expiry with a fraction, in the past", Medium)
        .refs(&["RFC 7519 §2"])
        .sends("A token that expired half a second beyond the leeway.")
        .why("Rounding up extends every token.")
        .refused(|forge| {
            #[expect(clippy::cast_precision_loss, reason = "a time of this century fits exactly")]
            let edge = (forge.now - forge.leeway) as f64;
            vec![expiring(forge, "half a second", edge - 0.5)]
        }),
    Case::should("exp-fraction-future", "An expiry with a fraction, ahead", Low)
        .refs(&["RFC 7519 §2"])
        .sends("Tokens whose expiry has a fraction, or an exponent.")
        .why("A number is a number, however it is written.")
        .accepted(|forge| {
            let later = forge.now + 300;
            vec![written(forge, &format!("{later}.5")), written(forge, "1.9e9")]
        }),
    Case::must("exp-passes-while-running", "A token expires while the server runs", Critical)
        .refs(&["RFC 7519 §4.1.4"])
        .sends("One token, before and after its expiry, to the same instance.")
        .expects("accepted until the second before, refused with 401 from then on")
        .why("A remembered result must not outlive the token.")
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good().claim("exp", bench.forge.at(30)).sign();
                bench.must_allow("before", &token).await?;
                bench.advance(30 + bench.forge.leeway - 1);
                bench.must_allow("the second before", &token).await?;
                bench.advance(1);
                bench.must_refuse("from then on", &token).await?;
                bench.control().await
            })
        }),
];
