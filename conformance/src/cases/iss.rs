//! The issuer: one text, byte for byte.

use serde_json::{Value, json};

use crate::case::Need::{Issuer, RemoteKeys};
use crate::case::Severity::{Critical, High};
use crate::case::{Case, Need, Sample};
use crate::forge::Forge;

const COMPARED: &[Need] = &[Issuer];

fn issued_by(forge: &Forge, issuer: &Value) -> Sample {
    let label = format!("iss {}", issuer.to_string().escape_debug());
    Sample::new(label, forge.good().claim("iss", issuer.clone()).sign())
}

fn all(forge: &Forge, issuers: &[String]) -> Vec<Sample> {
    issuers.iter().map(|issuer| issued_by(forge, &json!(issuer))).collect()
}

fn right(forge: &Forge) -> &str {
    forge.issuer.as_deref().unwrap_or_default()
}

pub(super) const CASES: &[Case] = &[
    Case::must("iss-match", "The configured issuer", High)
        .refs(&["RFC 7519 §4.1.1"])
        .sends("A token of the configured issuer.")
        .why("The counterpart of every refusal below.")
        .needs(COMPARED)
        .accepted(|forge| vec![issued_by(forge, &json!(right(forge)))]),
    Case::must("iss-mismatch", "Another issuer", Critical)
        .refs(&["RFC 8725 §3.8", "RFC 9068 §4"])
        .sends("Genuine signatures over another issuer's name.")
        .why("Keys are shared between issuers more often than one would think.")
        .needs(COMPARED)
        .refused(|forge| all(forge, &["https://evil.example/".into(), "x".into()])),
    Case::must("iss-missing", "No issuer", Critical)
        .refs(&["RFC 9068 §4"])
        .sends("A token without `iss`, and ones where it is null or empty.")
        .why("What is compared has to be there.")
        .needs(COMPARED)
        .refused(|forge| {
            vec![
                Sample::new("absent", forge.good().without("iss").sign()),
                issued_by(forge, &json!(null)),
                issued_by(forge, &json!("")),
            ]
        }),
    Case::must("iss-array", "A list that holds the issuer", Critical)
        .refs(&["RFC 7519 §4.1.1", "CVE-2025-30144"])
        .sends("Lists with the right issuer alone, and beside another one.")
        .why("An issuer is one text; a list lets one name stand for another.")
        .needs(COMPARED)
        .refused(|forge| {
            vec![
                issued_by(forge, &json!([right(forge)])),
                issued_by(forge, &json!(["https://evil.example/", right(forge)])),
            ]
        }),
    Case::must("iss-wrong-type", "An issuer that is no text", High)
        .refs(&["RFC 7519 §4.1.1"])
        .sends("A number, a truth value, an object.")
        .why("A comparison that cannot be made must not pass for one that was.")
        .needs(COMPARED)
        .refused(|forge| {
            [json!(1), json!(true), json!({"iss": right(forge)})]
                .iter()
                .map(|issuer| issued_by(forge, issuer))
                .collect()
        }),
    Case::must("iss-prefix-suffix", "Almost the issuer", Critical)
        .refs(&["RFC 7519 §4.1.1", "CVE-2024-53861"])
        .sends("The issuer with something before it, after it, or missing.")
        .why("A comparison of parts is none.")
        .needs(COMPARED)
        .refused(|forge| {
            let right = right(forge);
            all(
                forge,
                &[
                    format!("{right}x"),
                    right[..right.len() - 1].to_owned(),
                    format!("https://evil.example/?{right}"),
                    format!("{right}.evil.example"),
                ],
            )
        }),
    Case::must("iss-trailing-slash", "A slash more or less", High)
        .refs(&["RFC 7519 §4.1.1"])
        .sends("The issuer with its last slash removed, or added.")
        .why("Issuers are compared byte for byte; normalising has merged two tenants before.")
        .needs(COMPARED)
        .refused(|forge| {
            let right = right(forge);
            let other = right.strip_suffix('/').map_or_else(|| format!("{right}/"), str::to_owned);
            all(forge, &[other])
        }),
    Case::must("iss-url-variants", "The same address, written otherwise", High)
        .refs(&["RFC 7519 §4.1.1"])
        .sends("Another scheme, the default port, user information, a query, capitals.")
        .why("Two spellings of one address are two issuers.")
        .needs(COMPARED)
        .refused(|forge| {
            let right = right(forge);
            let rest = right.trim_start_matches("https://").to_owned();
            let host = rest.trim_end_matches('/').to_owned();
            all(
                forge,
                &[
                    format!("http://{rest}"),
                    format!("https://{host}:443/"),
                    format!("https://user@{rest}"),
                    format!("{right}?x"),
                    format!("{right}#x"),
                    right.to_uppercase(),
                ],
            )
        }),
    Case::must("iss-whitespace-nul", "White space or a NUL at the edges", High)
        .refs(&["RFC 7519 §4.1.1"])
        .sends("The issuer with a space, a line break, a NUL before or after it.")
        .why("Trimming, and texts that end at a NUL, make two names one.")
        .needs(COMPARED)
        .refused(|forge| {
            let right = right(forge);
            all(forge, &[format!(" {right}"), format!("{right}\n"), format!("{right}\0")])
        }),
    Case::must("iss-regex-dot", "An issuer that a pattern would match", High)
        .refs(&["CWE-625"])
        .sends("The issuer with its dots replaced by letters.")
        .why("A name that is used as a pattern matches others.")
        .needs(COMPARED)
        .refused(|forge| all(forge, &[right(forge).replace('.', "X")])),
    Case::must("iss-untrusted-no-fetch", "An unknown issuer costs no request", Critical)
        .refs(&["RFC 8725 §3.10"])
        .sends("Stranger's tokens that name other hosts as issuer, some of them inside.")
        .why("Fetching keys for whoever a token names is a way to any address.")
        .needs(&[Issuer, RemoteKeys])
        .refused(|forge| {
            ["https://evil.example/", "https://metadata.internal/", "https://localhost/"]
                .map(|issuer| {
                    let draft = forge.good().claim("iss", issuer).signed_by(&forge.keys.stranger);
                    Sample::new(issuer, draft.sign())
                })
                .into()
        }),
];
