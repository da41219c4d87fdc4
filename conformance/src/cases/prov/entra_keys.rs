//! Entra's keys: a set that all tenants share, in which each key says whose tokens it signs
//! (<https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer>).

use serde_json::json;

use crate::bench::Bench;
use crate::case::Severity::{Critical, Medium};
use crate::case::{Case, Need};
use crate::idp::Reply;
use crate::idp::entra::{CONSUMERS, OTHER_TENANT, TEMPLATE, TENANT};
use crate::verdict::Stop;

const ENTRA: &[Need] = &[Need::Vendor("entra")];

const DOCS: &str =
    "https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer";

/// A good token of the first tenant, whose key says this of its issuer: the subject starts anew.
fn with_key_of(bench: &mut Bench, issuer: Option<&str>) -> Result<String, Stop> {
    let mut jwk = bench.forge.keys.current.jwk();
    if let Some(issuer) = issuer {
        jwk["issuer"] = json!(issuer);
    }
    bench.issuer.reply(Reply::keys([jwk, bench.forge.keys.next.jwk()]));
    bench.restart(|provider| provider)?;
    Ok(bench.forge.good_token())
}

fn of(tenant: &str) -> String {
    format!("https://login.microsoftonline.com/{tenant}/v2.0")
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-entra-key-issuer", "A key of another tenant", Critical)
        .refs(&[DOCS])
        .sends("Good tokens signed with keys that name another tenant, another cloud, or nobody there is.")
        .expects("refused with 401")
        .why("Personal accounts are signed with keys that stand in the same set.")
        .needs(ENTRA)
        .scene(|bench| {
            Box::pin(async move {
                for issuer in [
                    of(CONSUMERS),
                    of(OTHER_TENANT),
                    of("{tenantid}x"),
                    "https://login.microsoftonline.us/{tenantid}/v2.0".to_owned(),
                    "https://evil.example/{tenantid}".to_owned(),
                    "{tenantid}".to_owned(),
                    String::new(),
                ] {
                    let token = with_key_of(bench, Some(&issuer))?;
                    bench.must_refuse(&issuer, &token).await?;
                }
                let token = with_key_of(bench, Some(TEMPLATE))?;
                bench.must_allow(TEMPLATE, &token).await
            })
        }),
    Case::must("prov-entra-key-issuer-own", "A key of this tenant", Medium)
        .refs(&[DOCS])
        .sends("Good tokens in both versions, signed with keys for this tenant, for all, and unmarked.")
        .expects("accepted")
        .why("The tenant's own set names it, the shared one has a place for it, older ones say nothing.")
        .needs(ENTRA)
        .scene(|bench| {
            Box::pin(async move {
                for issuer in [Some(of(TENANT)), Some(TEMPLATE.to_owned()), None] {
                    let token = with_key_of(bench, issuer.as_deref())?;
                    let label = issuer.unwrap_or_else(|| "unmarked".to_owned());
                    bench.must_allow(&label, &token).await?;
                    let first = bench.forge.good().claim("iss", format!("https://sts.windows.net/{TENANT}/"));
                    bench.must_allow(&format!("{label}, 1.0"), &first.sign()).await?;
                }
                Ok(())
            })
        }),
];
