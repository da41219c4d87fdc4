//! Clerk's opaque tokens: machines', OAuth clients' and API keys, which only Clerk can tell the
//! owner of.

use serde_json::{Value, json};

use super::clerk::CLERK;
use crate::bench::{Bench, require};
use crate::case::Case;
use crate::case::Severity::{Critical, High, Medium};
use crate::idp::Reply;
use crate::idp::clerk::standing;
use crate::subject::Answer;
use crate::verdict::Stop;

const MACHINES: &str = "https://clerk.com/docs/guides/development/machine-auth/overview";

/// A token of each kind, and the endpoint that knows it.
const M2M: &str = "mt_0123456789abcdef0123456789abcdef";
const OAUTH: &str = "oat_0123456789abcdef0123456789abcdef";
const API_KEY: &str = "ak_live_0123456789abcdef";
const KINDS: [(&str, &str); 3] = [(M2M, "m2m"), (OAUTH, "oauth"), (API_KEY, "api key")];

/// This server, as a machine.
const OURS: &str = "mch_orders";

/// Whose they are, when all is well.
fn known() -> Value {
    json!({
        M2M: standing("mt_1", "mch_reports", &json!({"scopes": [OURS]})),
        OAUTH: standing(
            "oat_1", "user_ada", &json!({"client_id": "client_1", "scopes": ["orders:read"]}),
        ),
        API_KEY: standing("ak_1", "user_ada", &json!({"type": "api_key", "name": "ci"})),
    })
}

/// Accepts all three kinds, with these tokens known.
fn accept_all(bench: &mut Bench, known: Value) -> Result<(), Stop> {
    bench.issuer.set_fact("tokens", known);
    bench.restart_with([("machine_tokens", "m2m, oauth, api-key"), ("machine_id", OURS)])
}

/// All that is known of one token, changed.
fn with(token: &str, member: &str, value: Value) -> Value {
    let mut known = known();
    known[token][member] = value;
    known
}

/// What is done to an honest answer.
type Spoil = fn(Reply) -> Reply;

/// How often Clerk was asked about tokens.
fn questions(bench: &Bench) -> usize {
    KINDS.iter().map(|(_, endpoint)| bench.issuer.calls(endpoint)).sum()
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-clerk-machine-unasked", "Opaque tokens where nobody chose them", High)
        .refs(&[MACHINES, "CWE-1188"])
        .sends("Genuine opaque tokens of each kind; then of the two kinds that were not chosen.")
        .expects("refused with 401, and Clerk is not asked")
        .why("A route for people is no route for machines, unless somebody says so.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                bench.issuer.set_fact("tokens", known());
                for (token, label) in KINDS {
                    bench.must_refuse(label, token).await?;
                }
                bench.restart_with([("machine_tokens", "api-key")])?;
                bench.must_refuse("m2m, not chosen", M2M).await?;
                bench.must_refuse("oauth, not chosen", OAUTH).await?;
                require(questions(bench) == 0, || "Clerk was asked".to_owned())?;
                bench.must_allow("api key, chosen", API_KEY).await
            })
        }),
    Case::must("prov-clerk-machine", "Opaque tokens by choice", High)
        .refs(&[MACHINES])
        .sends("A token of each kind, twice; and a session beside them.")
        .expects("accepted as their owner, each after one question; the session as ever")
        .why("What a machine sends has to be told from what a user sends, and whose it is.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                accept_all(bench, known())?;
                for ((token, label), owner) in
                    KINDS.into_iter().zip(["mch_reports", "user_ada", "user_ada"])
                {
                    for _ in 0..2 {
                        bench.must_allow(label, token).await?;
                    }
                    let subject = bench.subject().ask(token).await.subject;
                    require(subject.as_deref() == Some(owner), || format!("{label}: {subject:?}"))?;
                }
                let asked = questions(bench);
                require(asked == 3, || format!("three tokens took {asked} questions"))?;
                bench.control().await
            })
        }),
    Case::must("prov-clerk-machine-ended", "Opaque tokens that ended", Critical)
        .refs(&[MACHINES, "CWE-613"])
        .sends("Tokens that Clerk calls revoked, expired, inactive, unknown, or past their end.")
        .expects("refused with 401")
        .why("That is what Clerk is asked for.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let past = bench.forge.now - 1;
                for (token, label) in KINDS {
                    let end = if label == "oauth" { past } else { past * 1000 };
                    let mut inactive = known();
                    inactive[token] = json!({"active": false});
                    let mut unknown = known();
                    unknown[token] = Value::Null;
                    for (what, known) in [
                        ("revoked", with(token, "revoked", json!(true))),
                        ("expired", with(token, "expired", json!(true))),
                        ("past its end", with(token, "expiration", json!(end))),
                        ("inactive", inactive),
                        ("unknown", unknown),
                    ] {
                        accept_all(bench, known)?;
                        bench.must_refuse(&format!("{label}, {what}"), token).await?;
                    }
                    accept_all(bench, known())?;
                    bench.must_allow(label, token).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-clerk-machine-expires-in-memory", "A token that ends while it is known", High)
        .refs(&["CWE-613"])
        .sends("A machine's token with ten seconds to live, now and after eleven.")
        .expects("accepted, then refused with 401 without another question")
        .why("What is kept must not outlive what was kept.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let end = (bench.forge.now + 10) * 1000;
                accept_all(bench, with(M2M, "expiration", json!(end)))?;
                bench.must_allow("alive", M2M).await?;
                bench.advance(11);
                bench.must_refuse("ended", M2M).await
            })
        }),
    Case::must("prov-clerk-machine-scope", "A machine's token for another machine", Critical)
        .refs(&[MACHINES, "CWE-863"])
        .sends("Machines' tokens that may talk to others, to nobody, and to a name that begins as ours.")
        .expects("refused with 401")
        .why("It is the audience of these tokens.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                for scopes in [json!(["mch_other"]), json!([]), json!(null), json!(["mch_orders2"])] {
                    let label = scopes.to_string();
                    accept_all(bench, with(M2M, "scopes", scopes))?;
                    bench.must_refuse(&label, M2M).await?;
                }
                accept_all(bench, with(M2M, "scopes", json!(["mch_other", OURS])))?;
                bench.must_allow("ours among others", M2M).await
            })
        }),
    Case::must("prov-clerk-machine-confused", "An answer about another kind of owner", High)
        .refs(&["CWE-843"])
        .sends("A machine's token that Clerk says is a user's, an OAuth token that is a machine's.")
        .expects("503, or refused with 401")
        .why("Whoever checks for a user's id must not meet a machine that has one.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                for ((token, label), owner) in KINDS.into_iter().zip(["user_ada", "mch_reports", ""]) {
                    accept_all(bench, with(token, "subject", json!(owner)))?;
                    let answer = bench.subject().ask(token).await;
                    bench.judge(label, &answer, "not accepted", |answer| !answer.is_allowed())?;
                }
                Ok(())
            })
        }),
    Case::must("prov-clerk-machine-outage", "Clerk cannot be asked about a token", Critical)
        .refs(&["CWE-636"])
        .sends("Opaque tokens while Clerk fails, hangs up, refuses our key, or answers nonsense.")
        .expects("503, and accepted once Clerk is well again")
        .why("What nobody could find out is no reason to let anybody in, nor to blame the caller.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                accept_all(bench, known())?;
                for (token, endpoint) in KINDS {
                    let troubles: [(&str, Spoil); 5] = [
                        ("500", |reply| Reply { status: 500, ..reply }),
                        ("401", |reply| Reply { status: 401, ..reply }),
                        ("429", |reply| Reply { status: 429, ..reply }),
                        ("cut", Reply::cut),
                        ("{}", |reply| Reply { body: b"{}".to_vec(), ..reply }),
                    ];
                    for (trouble, spoil) in troubles {
                        bench.issuer.spoil(endpoint, spoil);
                        let label = format!("{endpoint}, {trouble}");
                        bench.must_be_unavailable(&label, token).await?;
                        bench.advance(61);
                    }
                    bench.issuer.behave(endpoint);
                    bench.must_allow(endpoint, token).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-clerk-machine-form", "What only looks like an opaque token", Medium)
        .refs(&["CWE-400"])
        .sends("Texts that begin as opaque tokens and are none.")
        .expects("refused with 401, and Clerk is not asked")
        .why("Each question spends the application's quota.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                accept_all(bench, known())?;
                let long = format!("ak_{}", "a".repeat(300));
                for text in ["mt_1", "MT_0123456789abcdef0123456789abcdef", "oat_", "ak_", &long] {
                    let answer: Answer = bench.subject().ask(text).await;
                    bench.judge(text, &answer, "refused with 401", Answer::is_refused)?;
                }
                require(questions(bench) == 0, || "Clerk was asked".to_owned())?;
                bench.must_allow("a genuine one", M2M).await
            })
        }),
];
