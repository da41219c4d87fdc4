//! Tokens that are bound to their holder: nobody else may use them.

use serde_json::{Value, json};

use crate::case::Severity::{High, Medium};
use crate::case::{Case, Sample};
use crate::forge::Forge;

/// A thumbprint of some key or certificate.
const THUMBPRINT: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

/// Good tokens with these confirmations.
fn confirmed<const N: usize>(forge: &Forge, confirmations: [Value; N]) -> Vec<Sample> {
    let sample =
        |cnf: Value| Sample::new(format!("cnf {cnf}"), forge.good().claim("cnf", cnf).sign());
    confirmations.into_iter().map(sample).collect()
}

pub(super) const CASES: &[Case] = &[
    Case::must("bind-jkt-as-bearer", "A token bound to a key, sent by anybody", High)
        .refs(&["RFC 9449 §7.2", "RFC 9449 §6.1"])
        .sends("A genuine token with `cnf.jkt` under the scheme Bearer, without a proof.")
        .why("The binding is there so that a stolen token is worth nothing; this is stealing it.")
        .refused(|forge| confirmed(forge, [json!({"jkt": THUMBPRINT})])),
    Case::must("bind-x5t-without-cert", "A token bound to a certificate, without one", High)
        .refs(&["RFC 8705 §3"])
        .sends("A genuine token with `cnf.x5t#S256` in a request without a client certificate.")
        .why("The binding is there so that a stolen token is worth nothing; this is stealing it.")
        .refused(|forge| confirmed(forge, [json!({"x5t#S256": THUMBPRINT})])),
    Case::must("bind-unknown-cnf", "A token bound in a way that nobody here knows", Medium)
        .refs(&["RFC 7800 §3.1"])
        .sends("Genuine tokens whose `cnf` has an unknown member, a key, several, none, or is odd.")
        .why("What the issuer asked for cannot be checked, so it was not shown.")
        .refused(|forge| {
            confirmed(
                forge,
                [
                    json!({"urn:x": "y"}),
                    json!({"jwk": {"kty": "OKP", "crv": "Ed25519", "x": THUMBPRINT}}),
                    json!({"kid": "client-key"}),
                    json!({"jkt": THUMBPRINT, "urn:x": "y"}),
                    json!({"jkt": 1}),
                    json!({}),
                    json!(null),
                    json!("jkt"),
                ],
            )
        }),
];
