//! Tokens of WorkOS Connect (<https://workos.com/docs/authkit/connect>): another issuer and other
//! keys than sessions have, an audience, and subjects that are no users.

use serde_json::json;

use crate::bench::require;
use crate::case::Severity::{High, Low};
use crate::case::{Case, Need, Sample};
use crate::subject::Answer;

const CONNECT: &[Need] = &[Need::Vendor("workos-connect")];
const DOCS: &str = "https://workos.com/docs/authkit/connect";

pub(super) const CASES: &[Case] = &[
    Case::must("prov-workos-connect-machine", "A machine's token", Low)
        .refs(&[DOCS])
        .sends("A token whose subject is the application itself, without a consent (`sid`).")
        .expects("accepted, as that application")
        .why("Machines call APIs too.")
        .needs(CONNECT)
        .scene(|bench| {
            Box::pin(async move {
                let machine = bench.forge.good().claim("sub", "client_01HMACHINE").without("sid");
                let answer = bench.subject().ask(&machine.sign()).await;
                bench.judge("machine", &answer, "accepted", Answer::is_allowed)?;
                let is_machine = answer.subject.as_deref() == Some("client_01HMACHINE");
                require(is_machine, || format!("machine: {answer}"))
            })
        }),
    Case::must("prov-workos-connect-session", "A session's token in place of Connect's", High)
        .refs(&[DOCS, "RFC 8725 §3.12"])
        .sends("Session tokens, with and without an audience.")
        .why("They say who is logged in to an application, not what another one may do here.")
        .needs(CONNECT)
        .refused(|forge| {
            let session = forge.good().claim("iss", "https://api.workos.com");
            let slash = forge.good().claim("iss", "https://acme.authkit.app/");
            vec![
                Sample::new("session", session.clone().without("aud").sign()),
                Sample::new("session with an audience", session.sign()),
                Sample::new("issuer with a slash", slash.sign()),
            ]
        }),
    Case::must("prov-workos-connect-audience", "A token for another resource", High)
        .refs(&["RFC 8707 §2"])
        .sends("Tokens for another resource, for a list without ours, and for none.")
        .why("Whoever runs one resource must not call the others with what they are given.")
        .needs(CONNECT)
        .refused(|forge| {
            let audiences = [json!("https://other.acme.example/mcp"), json!(["a", "b"]), json!([])];
            let sample = |audience: serde_json::Value| {
                Sample::new(audience.to_string(), forge.good().claim("aud", audience).sign())
            };
            audiences.map(sample).into()
        }),
];
