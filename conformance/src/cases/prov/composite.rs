//! Several providers behind one gate: a token is its own issuer's to judge, and nobody else's.

use auth_core::Algorithm;

use crate::bench::require;
use crate::case::Severity::{Critical, High};
use crate::case::{Case, Need};
use crate::forge::Forge;
use crate::idp::Reply;
use crate::idp::composite::SECRET;

const COMPOSITE: &[Need] = &[Need::Vendor("composite")];

/// A good token of the second member, from an issuer of this name or of none.
fn of_second(forge: &Forge, issuer: Option<&str>) -> String {
    let draft = forge.good().without("iss").without_header("kid");
    let draft = match issuer {
        Some(issuer) => draft.claim("iss", issuer),
        None => draft,
    };
    draft.with_mac(Algorithm::HS256, SECRET.as_bytes())
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-composite-any", "A token of each member", High)
        .refs(&["RFC 8725 §3.8"])
        .sends("A token of the first member, one of the second, and one of the second unnamed.")
        .expects("accepted; for the second no key is fetched")
        .why("That is what several providers are for.")
        .needs(COMPOSITE)
        .scene(|bench| {
            Box::pin(async move {
                let named = of_second(&bench.forge, Some("https://tools.acme.example"));
                let unnamed = of_second(&bench.forge, None);
                bench.must_allow("the second", &named).await?;
                bench.must_allow("the second, unnamed", &unnamed).await?;
                bench.must_have_fetched(0)?;
                bench.control().await
            })
        }),
    Case::must("prov-composite-no-downgrade", "What one refuses another does not rescue", Critical)
        .refs(&["RFC 8725 §3.8", "RFC 8725 §3.9"])
        .sends("Tokens that name the first member's issuer, signed with the second one's secret.")
        .expects("refused with 401")
        .why("The second compares no issuer: it would let in whoever its secret names.")
        .needs(COMPOSITE)
        .scene(|bench| {
            Box::pin(async move {
                let issuer = bench.forge.issuer.clone().unwrap_or_default();
                let token = of_second(&bench.forge, Some(&issuer));
                bench.must_refuse("the first one's issuer", &token).await?;
                let expired = bench.forge.good().claim("exp", bench.forge.at(-600)).sign();
                bench.must_refuse("expired", &expired).await?;
                bench.control().await
            })
        }),
    Case::must("prov-composite-outage", "A member that cannot judge now", Critical)
        .refs(&["RFC 9110 §15.6.4"])
        .sends("Tokens of both members while the first one's keys cannot be fetched.")
        .expects("503 for the first, accepted for the second, whoever comes first")
        .why("An outage of one issuer is neither a yes of another nor an outage of all.")
        .needs(COMPOSITE)
        .scene(|bench| {
            Box::pin(async move {
                bench.issuer.reply(Reply::text(500, "text/plain", "oops"));
                let (first, second) = (bench.forge.good_token(), of_second(&bench.forge, None));
                bench.must_be_unavailable("the first", &first).await?;
                bench.must_allow("the second", &second).await?;
                bench.must_be_unavailable("the first again", &first).await
            })
        }),
    Case::must("prov-composite-nobodys", "A token of nobody's", High)
        .refs(&["RFC 8725 §3.8", "CWE-400"])
        .sends("Tokens of other issuers under the first one's keys, strangers', opaque, torn.")
        .expects("refused with 401, and no key is fetched")
        .why("Whose a token is can be told before any work is done.")
        .needs(COMPOSITE)
        .scene(|bench| {
            Box::pin(async move {
                let draft = bench.forge.good();
                let other = draft.clone().claim("iss", "https://evil.example/").sign();
                let none = draft.clone().without("iss").sign();
                let stranger = draft.without("iss").with_mac(Algorithm::HS256, &[7; 64]);
                let torn = format!("{}.x", &other[..other.len() / 2]);
                for (label, token) in [
                    ("another issuer", other),
                    ("no issuer", none),
                    ("a stranger's secret", stranger),
                    ("opaque", "2YotnFZFEjr1zCsicMWpAA".to_owned()),
                    ("torn", torn),
                ] {
                    bench.must_refuse(label, &token).await?;
                }
                bench.must_have_fetched(0)?;
                require(bench.issuer.readings() == 0, || "it asked".to_owned())
            })
        }),
];
