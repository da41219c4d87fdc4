//! Clerk's organizations: two versions of the claims, and permissions as bits. Next:
//! `clerk_membership`.

use auth_core::Principal as _;
use serde_json::{Map, Value, json};

use super::clerk::CLERK;
use crate::bench::Bench;
use crate::case::Severity::High;
use crate::case::{Case, Sample};
use crate::forge::Draft;
use crate::subject::Answer;
use crate::verdict::Stop;

const TOKENS: &str = "https://clerk.com/docs/guides/sessions/session-tokens";

/// Claims of the second version that say what somebody may do.
const SECOND: [&str; 4] = ["v", "o", "fea", "pla"];

/// A good token's claim about the organization.
pub(super) fn organization(bench: &Bench) -> Map<String, Value> {
    bench.forge.dialect["o"].as_object().cloned().unwrap_or_default()
}

/// The same organization in the first version's claims.
fn first(bench: &Bench) -> Draft {
    let organization = organization(bench);
    let draft = SECOND.into_iter().fold(bench.forge.good(), Draft::without);
    draft
        .claim("org_id", organization["id"].clone())
        .claim("org_slug", organization["slg"].clone())
        .claim("org_role", "org:admin")
        .claim("org_permissions", json!(["org:teams:read", "org:dashboard:read"]))
}

/// Without questions to Clerk, and lets in whoever has this permission.
fn ask_permission(bench: &mut Bench, permission: &'static str) -> Result<(), Stop> {
    let environment = bench.environment().clone();
    let built =
        bench.registered().build_with([("fetch_memberships", "false")].into(), &environment);
    let built = built.map_err(|error| Stop::Control(error.to_string()))?;
    bench.replace(built.authorize_user(move |user, _| user.has_permission(permission)));
    Ok(())
}

const fn is_forbidden(answer: &Answer) -> bool {
    answer.status == 403
}

pub(super) async fn must_forbid(bench: &mut Bench, label: &str, token: &str) -> Result<(), Stop> {
    let answer = bench.subject().ask(token).await;
    bench.judge(label, &answer, "refused with 403", is_forbidden)
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-clerk-org-v1-v2", "An organization in either version, or in both", High)
        .refs(&[TOKENS, "CWE-436"])
        .sends("The same organization in both versions of the claims, one by one and together; then together, disagreeing about one thing.")
        .expects("the same organization each time; refused with 401 where they disagree")
        .why("Two readers of one token would see two organizations.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let id = organization(bench)["id"].as_str().unwrap_or_default().to_owned();
                let expected = id.clone();
                bench.restart(|provider| {
                    provider.authorize_user(move |user, _| user.organization() == Some(&*expected))
                })?;
                let (second, first) = (bench.forge.good(), first(bench));
                let both = second.clone().claim("org_id", id).claim("org_slug", "acme");
                for (label, draft) in [("second", &second), ("first", &first), ("both", &both)] {
                    bench.must_allow(label, &draft.sign()).await?;
                }
                let nowhere = second.clone().without("o").claim("org_id", "org_other");
                let unversioned = first.clone().claim("o", json!({"id": "org_other"}));
                for (label, draft) in [
                    ("another id", both.clone().claim("org_id", "org_other")),
                    ("another slug", both.clone().claim("org_slug", "other")),
                    ("another role", both.clone().claim("org_role", "org:member")),
                    ("other permissions", both.claim("org_permissions", json!(["org:teams:delete"]))),
                    ("the first version alone", nowhere),
                    ("the second without its version", unversioned),
                ] {
                    bench.must_refuse(label, &draft.sign()).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-clerk-permissions", "Permissions out of bits", High)
        .refs(&[TOKENS, "CWE-190"])
        .sends("Permissions as bits: of two features, beside a user's own, the seventieth, none.")
        .expects("each permission exactly where its bit is set")
        .why("They are told by position alone; a shift by one is another right.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let names: Vec<_> = (0..70).map(|place| format!("p{place}")).collect();
                let many = names.join(",");
                let granted = [
                    ("o:teams,o:posts", "read,write", "1,2", "org:posts:write", true),
                    ("o:teams,o:posts", "read,write", "1,2", "org:posts:read", false),
                    ("u:extra,o:teams,ou:posts", "read", "0,1", "org:posts:read", true),
                    ("u:extra,o:teams,ou:posts", "read", "1,0", "org:extra:read", false),
                    ("o:f", &*many, "590295810358705651712", "org:f:p69", true),
                    ("o:f", &*many, "590295810358705651711", "org:f:p69", false),
                    ("o:f", "read", "one", "org:f:read", false),
                    ("o:f", "read", "2", "org:f:read", false),
                ];
                for (fea, per, fpm, permission, is_granted) in granted {
                    let mut organization = organization(bench);
                    organization.insert("per".to_owned(), json!(per));
                    organization.insert("fpm".to_owned(), json!(fpm));
                    let draft = bench.forge.good().claim("fea", fea).claim("o", organization);
                    ask_permission(bench, permission)?;
                    let label = format!("{fea} {fpm}: {permission}");
                    let token = draft.sign();
                    if is_granted {
                        bench.must_allow(&label, &token).await?;
                    } else {
                        must_forbid(bench, &label, &token).await?;
                    }
                }
                Ok(())
            })
        }),
    Case::must("prov-clerk-unreadable-rights", "Rights that cannot be read", High)
        .refs(&[TOKENS, "CWE-20"])
        .sends("Tokens whose features, organization or version are of another form.")
        .why("A list of features with a hole in it moves every permission behind it.")
        .needs(CLERK)
        .refused(|forge| {
            let odd = [
                ("fea", json!("teams,o:posts")),
                ("fea", json!("o:teams,,o:posts")),
                ("fea", json!("z:teams,o:posts")),
                ("fea", json!(["o:teams"])),
                ("o", json!("org_2pQrStUvWxYzAbCdEfGh")),
                ("o", json!({"slg": "acme"})),
                ("o", json!({"id": 1})),
                ("v", json!(3)),
                ("v", json!("2")),
            ];
            let sample = |(name, value): (&str, Value)| {
                let label = format!("{name} {value}");
                Sample::new(label, forge.good().claim(name, value).sign())
            };
            odd.map(sample).into()
        }),
    Case::must("prov-clerk-org", "Another organization than the required one", High)
        .refs(&["CWE-863"])
        .sends("Tokens of the required organization, by id and by slug, of another, of none.")
        .expects("accepted, refused with 403, refused with 403")
        .why("Organizations of one instance share issuer and keys.")
        .needs(CLERK)
        .scene(|bench| {
            Box::pin(async move {
                let other = json!({"id": "org_other", "slg": "other", "rol": "admin"});
                let other = bench.forge.good().claim("o", other).sign();
                let (none, own) = (bench.forge.good().without("o").sign(), bench.forge.good_token());
                let id = organization(bench)["id"].as_str().unwrap_or_default().to_owned();
                for required in [id.as_str(), "acme"] {
                    bench.restart_with([
                        ("require_organization", required), ("fetch_memberships", "false"),
                    ])?;
                    bench.must_allow(required, &own).await?;
                    must_forbid(bench, "another", &other).await?;
                    must_forbid(bench, "none", &none).await?;
                }
                bench.restart_with([("require_organization", "acm"), ("fetch_memberships", "false")])?;
                must_forbid(bench, "the beginning of the slug", &own).await
            })
        }),
];
