//! Auth0's dialect, set up otherwise than the harness does: several domains, several APIs, names of
//! organizations and roles, an API of HS256.

use auth_core::Algorithm;
use serde_json::json;

use super::seen_by_handler;
use crate::bench::require;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need};

const AUTH0: &[Need] = &[Need::Vendor("auth0")];

/// The signing secret of an API, as its settings show it.
const SECRET: &str = "h5sWvRk2Lq8ZtYx0PnCm4JdBf7GaUe1To6SiKwXrMbVzQpNj";

pub(super) const CASES: &[Case] = &[
    Case::must("prov-auth0-custom-domains", "Several domains of one tenant", High)
        .refs(&["https://auth0.com/docs/customize/custom-domains"])
        .sends("Tokens of the tenant's domain and of its custom one, both configured; of a third.")
        .expects("accepted, accepted, refused with 401; keys from the first alone")
        .why("A token's issuer is the domain at which it was asked for, and the keys are shared.")
        .needs(AUTH0)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("custom_domains", "login.acme.example")])?;
                let token_of = |issuer: &str| bench.forge.good().claim("iss", issuer).sign();
                let custom = token_of("https://login.acme.example/");
                let third = token_of("https://login.evil.example/");
                let slashless = token_of("https://login.acme.example");
                bench.control().await?;
                bench.must_allow("the custom domain", &custom).await?;
                bench.must_refuse("a third", &third).await?;
                bench.must_refuse("without the slash", &slashless).await?;
                bench.must_have_fetched(1)?;
                bench.must_not_have_strayed()
            })
        }),
    Case::must("prov-auth0-several-audiences", "Several APIs", Medium)
        .refs(&["RFC 7519 §4.1.3"])
        .sends("Tokens for each of two configured APIs, for both, and for a third.")
        .expects("accepted, accepted, accepted, refused with 401")
        .why("A server may be more than one API, and no other.")
        .needs(AUTH0)
        .scene(|bench| {
            Box::pin(async move {
                let (first, second) = ("https://api.acme.example", "https://billing.acme.example");
                bench.restart_with([("audience", format!("{first}, {second}"))])?;
                for audience in [json!(first), json!(second), json!([second, first])] {
                    let token = bench.forge.good().claim("aud", audience.clone()).sign();
                    bench.must_allow(&audience.to_string(), &token).await?;
                }
                let joined = format!("{first}, {second}");
                for audience in ["https://third.acme.example", joined.as_str()] {
                    let token = bench.forge.good().claim("aud", audience).sign();
                    bench.must_refuse(audience, &token).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-auth0-org-name", "An organization by its name", High)
        .refs(&["https://auth0.com/docs/manage-users/organizations/using-tokens"])
        .sends("Tokens of the organization whose name was configured, of another, of its id alone.")
        .expects("accepted, refused with 401, refused with 401")
        .why("A name is compared with a name and an id with an id.")
        .needs(AUTH0)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("organization", "acme")])?;
                let named = |name: &str| {
                    bench.forge.good().claim("org_id", "org_1").claim("org_name", name).sign()
                };
                let (own, other, longer) = (named("acme"), named("evil"), named("acme-2"));
                let id = bench.forge.good().claim("org_id", "acme").sign();
                bench.must_allow("this organization", &own).await?;
                bench.must_refuse("another", &other).await?;
                bench.must_refuse("a longer name", &longer).await?;
                bench.must_refuse("an id that is the name", &id).await
            })
        }),
    Case::must("prov-auth0-roles-claim", "Roles in a claim of the tenant's choice", Medium)
        .refs(&["https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims"])
        .sends("A token whose roles stand under a URL, with that claim configured and without.")
        .expects("a role once it is configured, none before")
        .why("Custom claims are best named by a URL, which is one name with all its dots.")
        .needs(AUTH0)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                let user = seen_by_handler(bench, "not configured", &token).await?;
                require(!user.has_role("clerk"), || "a role came from nowhere".to_owned())?;
                bench.restart_with([("roles_claim", "https://acme.example/roles")])?;
                let user = seen_by_handler(bench, "configured", &token).await?;
                require(user.has_role("clerk"), || "the role is not seen".to_owned())
            })
        }),
    Case::must("prov-auth0-signing-secret", "An API that is set to HS256", Critical)
        .refs(&["RFC 8725 §2.1"])
        .sends("With the API's secret configured: a token signed with it, one signed with RS256.")
        .expects("accepted, refused with 401; no key is fetched")
        .why("An API is signed one way; a verifier that takes both takes a key for a secret.")
        .needs(AUTH0)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("signing_secret", SECRET)])?;
                let token = bench.forge.good().with_mac(Algorithm::HS256, SECRET.as_bytes());
                bench.must_allow("HS256", &token).await?;
                let token = bench.forge.good_token();
                bench.must_refuse("RS256", &token).await?;
                let other = bench.forge.good().with_mac(Algorithm::HS256, &SECRET.as_bytes()[1..]);
                bench.must_refuse("another secret", &other).await?;
                bench.must_have_fetched(0)
            })
        }),
];
