//! Keycloak's dialect (<https://www.keycloak.org/securing-apps/oidc-layers>): realms share a host,
//! every kind of token has the same issuer and key, and audiences have to be asked for.

use auth_core::Claims;
use serde_json::json;

use super::common::{must_allow_all, must_have_asked, must_refuse_all, must_say, must_start};
use super::common::{restart_as, saying, without};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need, Sample};
use crate::idp::keycloak::ISSUER;

const KEYCLOAK: &[Need] = &[Need::Vendor("keycloak")];

const DOCS: &str = "https://www.keycloak.org/docs/latest/server_admin/";

pub(super) const CASES: &[Case] = &[
    Case::must("prov-keycloak-realm", "Another realm on the same host", Critical)
        .refs(&["CVE-2026-23552", DOCS])
        .sends("Tokens of other realms, with names that begin alike, signed with this realm's key.")
        .why("Realms are tenants: who administers one must not get into another.")
        .needs(KEYCLOAK)
        .refused(|forge| {
            ["other", "master", "acme2", "acm", "acme/", "acme/../acme", "ACME"]
                .map(|realm| saying(forge, "iss", format!("https://id.acme.example/realms/{realm}")))
                .into()
        }),
    Case::must("prov-keycloak-typ", "A token of another kind", Critical)
        .refs(&["RFC 8725 §3.11", DOCS])
        .sends("ID, refresh, offline and logout tokens, a token of no kind, and of a kind in a list.")
        .why("They are signed with the same key, and only the payload says what they are.")
        .needs(KEYCLOAK)
        .refused(|forge| {
            let kinds = ["ID", "Refresh", "Offline", "Logout", "bearer", "Bearer ", "DPoP", ""];
            let mut samples: Vec<_> = kinds.map(|kind| saying(forge, "typ", kind)).into();
            samples.extend([saying(forge, "typ", json!(["Bearer"])), without(forge, "typ")]);
            samples
        }),
    Case::must("prov-keycloak-aud-account", "A token without an audience of ours", High)
        .refs(&["https://www.keycloak.org/docs/latest/server_admin/#audience-support"])
        .sends("Tokens for `account` alone, and for nobody.")
        .why("Every user gets one for `account`, whatever the client is for.")
        .needs(KEYCLOAK)
        .refused(|forge| {
            let account = [json!("account"), json!(["account"]), json!(["account", "realm-management"])];
            let mut samples: Vec<_> =
                account.into_iter().map(|audience| saying(forge, "aud", audience)).collect();
            samples.push(without(forge, "aud"));
            samples
        }),
    Case::must("prov-keycloak-aud-list", "The API among other audiences", Medium)
        .refs(&["https://www.keycloak.org/docs/latest/server_admin/#audience-support"])
        .sends("A token for `account` and the API.")
        .why("An audience mapper adds to what is there.")
        .needs(KEYCLOAK)
        .accepted(|forge| vec![saying(forge, "aud", json!(["account", "orders-api"]))]),
    Case::must("prov-keycloak-clients", "Clients in place of an audience", High)
        .refs(&["RFC 8725 §3.9", DOCS])
        .sends("With clients configured and no audience, tokens of these and of others.")
        .expects("accepted of these, whatever the audience; refused with 401 of others and of nobody")
        .why("Without an audience mapper the client is all that tells tokens apart.")
        .needs(KEYCLOAK)
        .scene(|bench| {
            Box::pin(async move {
                restart_as(bench, &[("KEYCLOAK_ISSUER", ISSUER), ("KEYCLOAK_CLIENTS", "web, app")])?;
                let forge = bench.forge.clone();
                let of = |client| Sample::new(client, forge.good().without("aud").claim("azp", client).sign());
                let bad = [of("other"), of("webapp"), of(""), without(&forge, "azp")];
                must_allow_all(bench, [of("web"), of("app"), saying(&forge, "aud", "account")]).await?;
                must_refuse_all(bench, &forge.good_token(), bad).await
            })
        }),
    Case::must("prov-keycloak-audience-and-clients", "Clients besides an audience", High)
        .refs(&["RFC 8725 §3.9"])
        .sends("With both configured, tokens that have only one of the two.")
        .expects("refused with 401, and accepted with both")
        .why("Whoever configures two checks means two.")
        .needs(KEYCLOAK)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("clients", "web")])?;
                let forge = bench.forge.clone();
                let bad = [saying(&forge, "aud", "account"), saying(&forge, "azp", "other")];
                must_refuse_all(bench, &forge.good_token(), bad).await
            })
        }),
    Case::must("prov-keycloak-nobody-named", "Neither audience nor clients", Critical)
        .refs(&["CWE-1188"])
        .sends("A configuration with an issuer alone, then with each of the two.")
        .expects("an error that names both, and no error")
        .why("Every client of the realm would be let in, the newest one included.")
        .needs(KEYCLOAK)
        .configuration(|subject| {
            let issuer = ("KEYCLOAK_ISSUER", ISSUER);
            Ok(vec![
                must_say(subject, &[issuer], "one of audience and clients is required")?,
                must_start(subject, &[issuer, ("KEYCLOAK_AUDIENCE", "orders-api")])?,
                must_start(subject, &[issuer, ("KEYCLOAK_CLIENTS", "web")])?,
            ])
        }),
    Case::must("prov-keycloak-roles", "Roles of the realm and of the API", Medium)
        .refs(&["https://www.keycloak.org/docs/latest/server_admin/#assigning-permissions-using-roles-and-groups"])
        .sends("A token with roles of the realm, of the API, and of another client.")
        .expects("the first two are the user's roles, the third is not")
        .why("A role of another client may have the same name, and means something else.")
        .needs(KEYCLOAK)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                bench.must_allow("roles", &token).await?;
                let claims = bench.subject().ask(&token).await.claims;
                let roles: Vec<_> = claims.iter().flat_map(Claims::roles).collect();
                require(roles == ["clerk", "offline_access", "orders:read"], || format!("{roles:?}"))?;
                let scopes: Vec<_> = claims.iter().flat_map(Claims::scopes).collect();
                require(scopes == ["openid", "profile", "email"], || format!("{scopes:?}"))
            })
        }),
    Case::must("prov-keycloak-no-subject", "A token that names nobody", High)
        .refs(&["https://www.keycloak.org/docs/latest/server_admin/#_client_scopes"])
        .sends("A token without `sub`, as a client without the scope `basic` gets.")
        .why("All such users would be one.")
        .needs(KEYCLOAK)
        .refused(|forge| vec![without(forge, "sub"), saying(forge, "sub", "")]),
    Case::must("prov-keycloak-encryption-key", "Signed with the key that encrypts", High)
        .refs(&["RFC 7517 §4.2"])
        .sends("A token signed with the key that the realm publishes for encryption.")
        .why("What a key says it is for narrows what it may do.")
        .needs(KEYCLOAK)
        .refused(|forge| {
            let draft = forge.good().header("kid", "encrypting").signed_by(&forge.keys.stranger);
            vec![Sample::new("use enc", draft.sign())]
        }),
    Case::must("prov-keycloak-keys-url", "Keys at another name of the host", Low)
        .refs(&["https://www.keycloak.org/server/hostname"])
        .sends("A good token, with the address of the keys configured.")
        .expects("that address is asked, and no other")
        .why("A server inside a cluster reaches Keycloak under another name than its users.")
        .needs(KEYCLOAK)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("keys_url", "https://keycloak.internal.example/certs")])?;
                let token = bench.forge.good_token();
                bench.must_be_unavailable("no keys there", &token).await?;
                must_have_asked(bench, "keycloak.internal.example", "/certs")?;
                bench.must_have_fetched(0)
            })
        }),
];
