//! The kinds of tokens that a Clerk instance signs with one key: what is no session passes for none.
//! Next: `clerk_organization`.

use serde_json::json;

use super::clerk::{CLERK, TOKENS, session};
use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Sample};
use crate::verdict::Stop;

/// `cat` of a template's token and of a machine's.
const TEMPLATE: &str = "cl_B7d4PD222AAA";
const MACHINE: &str = "cl_B7d4PD333AAA";

/// Tokens that a fresh instance must refuse without asking for a key.
async fn refused_unasked(bench: &mut Bench, samples: Vec<Sample>) -> Result<(), Stop> {
    for sample in samples {
        bench.must_refuse(&sample.label, &sample.token).await?;
        require(bench.issuer.asked().is_empty(), || format!("{}: it asked", sample.label))?;
    }
    bench.control().await
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-clerk-m2m-as-session", "A machine's token as a session", Critical)
        .refs(&["RFC 8725 §3.11", "CWE-843"])
        .sends("Genuine tokens of a machine, by their category, by their subject, and by both.")
        .expects("refused with 401, before any key is asked for")
        .why("Machines' tokens are signed with the same key, and any customer's machine has one.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let (good, machine) = (bench.forge.good(), "mch_2vYBvJ");
                let samples = vec![
                    Sample::new("category", good.clone().header("cat", MACHINE).sign()),
                    Sample::new("subject", good.clone().claim("sub", machine).sign()),
                    Sample::new(
                        "no category",
                        good.clone().without_header("cat").claim("sub", machine).sign(),
                    ),
                    Sample::new("both", good.header("cat", MACHINE).claim("sub", machine).sign()),
                ];
                refused_unasked(bench, samples).await
            })
        }),
    Case::must("prov-clerk-category-unknown", "A category that nobody knows", High)
        .refs(&["RFC 8725 §3.11", "CWE-843"])
        .sends("Genuine tokens with other categories, and with categories that are no text.")
        .expects("refused with 401, before any key is asked for")
        .why("The next kind of token that Clerk signs is not a session either.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let odd = [
                    json!("cl_B7d4PD444AAA"),
                    json!("CL_B7D4PD111AAA"),
                    json!(""),
                    json!(" cl_B7d4PD111AAA"),
                    json!(null),
                    json!(1),
                    json!(["cl_B7d4PD111AAA"]),
                ];
                let token = |cat: &serde_json::Value| {
                    Sample::new(
                        cat.to_string(),
                        bench.forge.good().header("cat", cat.clone()).sign(),
                    )
                };
                let samples = odd.iter().map(token).collect();
                refused_unasked(bench, samples).await
            })
        }),
    Case::must("prov-clerk-template-as-session", "A template's token as a session", High)
        .refs(&["https://clerk.com/docs/guides/sessions/jwt-templates", "CWE-613"])
        .sends("Tokens of a JWT template, by category and by what they lack; then by choice.")
        .expects("refused with 401; accepted by choice")
        .why("They go on after their session was ended.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let template = bench.forge.good().header("cat", TEMPLATE).without("sid").sign();
                let older = bench.forge.good().without_header("cat").without("sid").sign();
                bench.must_refuse("category", &template).await?;
                bench.must_refuse("no session", &older).await?;
                bench.restart_with([("danger_accept_template_tokens", "true")])?;
                bench.must_allow("by choice", &template).await?;
                let machine = bench.forge.good().header("cat", MACHINE).sign();
                bench.must_refuse("a machine's, by that choice", &machine).await
            })
        }),
    Case::must("prov-clerk-no-category", "Sessions of older instances", Medium)
        .refs(&[TOKENS])
        .sends("Session tokens without a category, and with the one that says nothing.")
        .why("Instances got categories one after the other.")
        .needs(CLERK)
        .accepted(|forge| {
            let none = session(forge).without_header("cat").sign();
            let unmarked = session(forge).header("cat", "cl_I7d4PD111III").sign();
            vec![Sample::new("none", none), Sample::new("says nothing", unmarked)]
        }),
    Case::must("prov-clerk-oauth-as-session", "An OAuth token as a session", High)
        .refs(&["RFC 9068 §2.1", "CWE-843"])
        .sends("Genuine tokens of type `at+jwt`, with the category of a session and without.")
        .expects("refused with 401, before any key is asked for")
        .why("A third party's client has them, with the scopes that the user gave it and no more.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let mut samples = Vec::new();
                for typ in ["at+jwt", "application/at+jwt", "AT+JWT"] {
                    let draft = bench.forge.good().header("typ", typ);
                    samples.push(Sample::new(typ, draft.clone().sign()));
                    let draft = draft.without_header("cat").claim("client_id", "client_1");
                    samples.push(Sample::new(format!("{typ}, no category"), draft.sign()));
                }
                refused_unasked(bench, samples).await
            })
        }),
];
