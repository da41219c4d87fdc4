//! Entra's dialect (<https://learn.microsoft.com/entra/identity-platform/claims-validation>): tenants
//! share keys and differ in a claim, two versions of tokens, and ID tokens that look like access
//! tokens.

use serde_json::json;

use super::common::{must_have_asked, must_say, must_start, restart_as, saying, without};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need, Sample};
use crate::forge::{Draft, Forge};
use crate::idp::entra::{CONSUMERS, OTHER_TENANT, TENANT};

const ENTRA: &[Need] = &[Need::Vendor("entra")];

const DOCS: &str = "https://learn.microsoft.com/entra/identity-platform/claims-validation";

const TOKENS: &str = "https://learn.microsoft.com/entra/identity-platform/access-tokens";

/// The issuer of a tenant, in version 2.0.
fn second(tenant: &str) -> String {
    format!("https://login.microsoftonline.com/{tenant}/v2.0")
}

/// A genuine token of a tenant.
fn of(forge: &Forge, tenant: &str) -> Draft {
    forge.good().claim("tid", tenant).claim("iss", second(tenant))
}

/// A genuine token of a tenant in version 1.0.
fn first(forge: &Forge, tenant: &str) -> Draft {
    let draft = of(forge, tenant).claim("ver", "1.0").without("azp").claim("appid", "9e9b1c5f");
    draft.claim("iss", format!("https://sts.windows.net/{tenant}/")).claim("aud", "api://orders")
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-entra-multi-tenant", "A tenant that speaks for another", High)
        .refs(&[DOCS])
        .sends(
            "Tokens whose `tid` and issuer name different tenants, or one that is not on the list.",
        )
        .why("Keys and audience are the same for every tenant: only these two tell them apart.")
        .needs(ENTRA)
        .refused(|forge| {
            let stranger = "11111111-2222-3333-4444-555555555555";
            let of = |tid: &str, issuer: &str| {
                Sample::new(
                    format!("{tid} by {issuer}"),
                    forge.good().claim("tid", tid).claim("iss", issuer).sign(),
                )
            };
            vec![
                of(TENANT, &second(OTHER_TENANT)),
                of(OTHER_TENANT, &second(TENANT)),
                of(stranger, &second(TENANT)),
                of(TENANT, &second(stranger)),
                of(stranger, &second(stranger)),
                of(TENANT, &format!("https://sts.windows.net/{OTHER_TENANT}/")),
                of(CONSUMERS, &second(CONSUMERS)),
                of(&TENANT.to_uppercase(), &second(TENANT)),
                of("common", &second("common")),
                of(TENANT, "https://login.microsoftonline.com/{tenantid}/v2.0"),
                of("", &second(TENANT)),
                without(forge, "tid"),
                saying(forge, "tid", json!([TENANT])),
            ]
        }),
    Case::must("prov-entra-tenants", "Each tenant that is listed, in both versions", High)
        .refs(&[DOCS, TOKENS])
        .sends("Tokens of both tenants in version 2.0 and in version 1.0.")
        .why("Which version an API gets is set in its manifest, whatever address was asked.")
        .needs(ENTRA)
        .accepted(|forge| {
            [TENANT, OTHER_TENANT]
                .iter()
                .flat_map(|tenant| {
                    [("2.0", of(forge, tenant)), ("1.0", first(forge, tenant))].map(
                        |(version, draft)| Sample::new(format!("{tenant} {version}"), draft.sign()),
                    )
                })
                .collect()
        }),
    Case::must("prov-entra-issuer-forms", "Almost an issuer", High)
        .refs(&[TOKENS])
        .sends("Issuers with a slash more or less, of other clouds, and of neither version.")
        .why("Issuers are compared byte for byte, and each version has its own slash.")
        .needs(ENTRA)
        .refused(|forge| {
            [
                format!("{}/", second(TENANT)),
                format!("https://login.microsoftonline.com/{TENANT}/"),
                format!("https://sts.windows.net/{TENANT}"),
                format!("https://login.microsoftonline.us/{TENANT}/v2.0"),
                format!("https://login.microsoftonline.com.evil.example/{TENANT}/v2.0"),
            ]
            .map(|issuer| saying(forge, "iss", issuer))
            .into()
        }),
    Case::must("prov-entra-id-token", "An ID token in place of an access token", Critical)
        .refs(&[TOKENS, "RFC 8725 §3.12"])
        .sends(
            "Tokens without `scp` and `roles`, with empty ones, and without a client that calls.",
        )
        .why("An API that logs users in itself has one audience for both kinds.")
        .needs(ENTRA)
        .refused(|forge| {
            let plain = || forge.good().without("scp").without("roles");
            vec![
                Sample::new("neither", plain().claim("nonce", "n").sign()),
                Sample::new("an empty scp", plain().claim("scp", "").sign()),
                Sample::new("no roles", plain().claim("roles", json!([])).sign()),
                Sample::new(
                    "roles, no client",
                    plain().without("azp").claim("roles", json!(["a"])).sign(),
                ),
            ]
        }),
    Case::must("prov-entra-app-only", "A service that calls for itself", Medium)
        .refs(&[
            "https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference",
        ])
        .sends("A token with roles and without `scp`; one with `scp` and without roles.")
        .expects("accepted, with the roles and scopes that were signed")
        .why("Services have roles, users have scopes, and some have both.")
        .needs(ENTRA)
        .scene(|bench| {
            Box::pin(async move {
                let service = bench.forge.good().without("scp").claim("idtyp", "app").sign();
                let user = bench.forge.good().without("roles").sign();
                bench.must_allow("roles", &service).await?;
                bench.must_allow("scp", &user).await?;
                let service = bench.subject().ask(&service).await.claims;
                let user = bench.subject().ask(&user).await.claims;
                let is_seen = service.is_some_and(|claims| {
                    claims.has_role("clerk") && claims.organization() == Some(TENANT)
                }) && user.is_some_and(|claims| claims.has_scope("orders.write"));
                require(is_seen, || "roles, scopes or the tenant are not seen".to_owned())
            })
        }),
    Case::must("prov-entra-no-object", "A token that names no object", High)
        .refs(&[DOCS])
        .sends("Tokens without `oid`, and without `sub`.")
        .why("Tenant and object are what data is kept under.")
        .needs(ENTRA)
        .refused(|forge| {
            vec![without(forge, "oid"), without(forge, "sub"), saying(forge, "oid", json!(null))]
        }),
    Case::must("prov-entra-graph", "A token for Microsoft Graph", Medium)
        .refs(&[TOKENS])
        .sends("A token with `nonce` in its header.")
        .expects("refused with 401, before a key is asked for")
        .why("Its signature is over something else: nobody but Graph can verify it.")
        .needs(ENTRA)
        .scene(|bench| {
            Box::pin(async move {
                let draft = bench.forge.good().header("nonce", "wvJGTbGcmuqVlYm8");
                let graph = draft.claim("aud", "00000003-0000-0000-c000-000000000000").sign();
                bench.must_refuse("for Graph", &graph).await?;
                let ours = bench.forge.good().header("nonce", "wvJGTbGcmuqVlYm8").sign();
                bench.must_refuse("for us", &ours).await?;
                bench.must_have_fetched(0)?;
                bench.control().await
            })
        }),
    Case::must("prov-entra-audience", "What a token is for", High)
        .refs(&[TOKENS])
        .sends("Tokens for the client id and for the App ID URI.")
        .why("Version 2.0 writes the one, version 1.0 either.")
        .needs(ENTRA)
        .accepted(|forge| {
            ["6e74172b-be56-4843-9ff4-e66a39bb12e3", "api://orders"]
                .map(|audience| saying(forge, "aud", audience))
                .into()
        }),
    Case::must("prov-entra-setup", "What is no tenant", Medium)
        .refs(&[DOCS])
        .sends(
            "Names of tenants, words for many, and an id in capitals; then ids, and other clouds.",
        )
        .expects("an error that says what was expected; of the others none")
        .why("Only the id is in a token, and `common` would be everybody.")
        .needs(ENTRA)
        .configuration(|subject| {
            let api = ("AZURE_CLIENT_ID", "6e74172b-be56-4843-9ff4-e66a39bb12e3");
            let capitals = TENANT.to_uppercase();
            let mut seen = Vec::new();
            for name in ["acme.onmicrosoft.com", "common", "organizations", &*capitals, "72f988bf"]
            {
                let words = "expected the id of a tenant";
                seen.push(must_say(subject, &[api, ("AZURE_TENANT_ID", name)], words)?);
            }
            let tenant = ("AZURE_TENANT_ID", TENANT);
            seen.push(must_start(subject, &[api, tenant])?);
            for host in ["https://login.microsoftonline.us/", "login.partner.microsoftonline.cn"] {
                seen.push(must_start(subject, &[api, tenant, ("AZURE_AUTHORITY_HOST", host)])?);
            }
            Ok(seen)
        }),
    Case::must("prov-entra-own-key-set", "One tenant, its own keys", Medium)
        .refs(&[TOKENS])
        .sends("A token, with one tenant of another cloud configured.")
        .expects("the keys of that tenant are asked for, at that cloud")
        .why("Who trusts one tenant needs no keys of others.")
        .needs(ENTRA)
        .scene(|bench| {
            Box::pin(async move {
                restart_as(
                    bench,
                    &[
                        ("AZURE_TENANT_ID", TENANT),
                        ("AZURE_CLIENT_ID", "6e74172b-be56-4843-9ff4-e66a39bb12e3"),
                        ("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us"),
                    ],
                )?;
                let token = bench.forge.good_token();
                bench.must_be_unavailable("no keys there", &token).await?;
                let path = format!("/{TENANT}/discovery/v2.0/keys");
                must_have_asked(bench, "login.microsoftonline.us", &path)
            })
        }),
];
