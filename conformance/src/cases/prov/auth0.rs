//! Auth0's dialect (<https://auth0.com/docs/secure/tokens/access-tokens>): its issuer ends with a
//! slash, its tokens have two profiles, and what is no access token of the API stays outside.

use serde_json::json;

use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need, Sample};
use crate::forge::b64;
use crate::verdict::Stop;

const AUTH0: &[Need] = &[Need::Vendor("auth0")];

/// The organization that a pinned API belongs to.
const ORGANIZATION: &str = "org_9ybsU1dN2dKfDkBi";

/// A good token with these claims is accepted, and the handler sees them.
async fn seen(bench: &mut Bench, claims: &[(&str, serde_json::Value)]) -> Result<(), Stop> {
    let draft = claims
        .iter()
        .fold(bench.forge.good(), |draft, (name, value)| draft.claim(name, value.clone()));
    let token = draft.sign();
    bench.must_allow("the dialect", &token).await?;
    let seen = bench.subject().ask(&token).await.claims;
    let is_seen =
        |name: &str, value| seen.as_ref().and_then(|claims| claims.get(name)) == Some(value);
    let missing = claims.iter().find(|(name, value)| !is_seen(name, value));
    require(missing.is_none(), || format!("the handler did not see {missing:?}"))
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-auth0-iss-slash", "Auth0's issuer ends with a slash", High)
        .refs(&["https://auth0.com/docs/secure/tokens/access-tokens/validate-access-tokens"])
        .sends("A good token, and one whose issuer lacks the slash.")
        .expects("accepted with the slash, refused with 401 without it")
        .why("Issuers are compared byte for byte, and this one is spelt with its slash.")
        .needs(AUTH0)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let issuer = bench.forge.issuer.clone().unwrap_or_default();
                require(issuer.ends_with('/'), || format!("it compares with {issuer:?}"))?;
                let token = bench.forge.good().claim("iss", issuer.trim_end_matches('/')).sign();
                bench.must_refuse("without the slash", &token).await?;
                bench.control().await
            })
        }),
    Case::must("prov-auth0-aud-userinfo", "An audience with `/userinfo`", Medium)
        .refs(&["https://auth0.com/docs/secure/tokens/access-tokens"])
        .sends("A good token for the API and for `/userinfo`, as `openid` brings it.")
        .why("Auth0 writes both as soon as somebody logs in with `openid`.")
        .needs(AUTH0)
        .accepted(|forge| {
            let issuer = forge.issuer.clone().unwrap_or_default();
            let audience = json!([forge.audience, format!("{issuer}userinfo")]);
            vec![Sample::new("both", forge.good().claim("aud", audience).sign())]
        }),
    Case::must("prov-auth0-opaque", "A token that only Auth0 can read", Medium)
        .refs(&["https://auth0.com/docs/secure/tokens/access-tokens#opaque-access-tokens"])
        .sends("An opaque token and an encrypted one, as a login without an audience gets.")
        .why("They are for Auth0's own `/userinfo`.")
        .needs(AUTH0)
        .refused(|forge| {
            let header = json!({"alg": "dir", "enc": "A256GCM", "iss": forge.issuer}).to_string();
            let encrypted = format!("{}..{}.{}.{}", b64(header), b64("iv"), b64("x"), b64("tag"));
            vec![
                Sample::new("opaque", "u5kTZ2V9s1y0X8cQmW4rLb7nEa3dJh6G"),
                Sample::new("encrypted", encrypted),
            ]
        }),
    Case::must("prov-auth0-id-token", "Auth0's ID token in place of an access token", Critical)
        .refs(&["RFC 8725 §3.12"])
        .sends("A genuine ID token: its audience is the application.")
        .why("It says who logged in to an application, not what that may do at the API.")
        .needs(AUTH0)
        .refused(|forge| {
            let draft = forge.good().without("scope").without("permissions");
            let draft = draft.claim("aud", "my-client-id").claim("nonce", "n").claim("sid", "s");
            vec![Sample::new("ID token", draft.claim("email", "a@acme.example").sign())]
        }),
    Case::must("prov-auth0-hs256-api", "HS256 for an API of RS256", Critical)
        .refs(&["RFC 8725 §3.1"])
        .sends("A token with a MAC under the application's client secret.")
        .why("Applications know their secret; an API's issuer must be nobody but the tenant.")
        .needs(AUTH0)
        .refused(|forge| {
            let secret = b"7Kq0mYx2bR9tV4wLs8nPz3cFh6jDg1aEuXoTiBvMyNrQkWlJ5dUeCfHpZxSgAa0";
            let token = forge.good().with_mac(auth_core::Algorithm::HS256, secret);
            vec![Sample::new("client secret", token)]
        }),
    Case::must("prov-auth0-client-credentials", "A machine's token", Low)
        .refs(&["https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow"])
        .sends("A token whose subject is `..@clients`, from the client credentials grant.")
        .expects("accepted, with the subject and the grant that were signed")
        .why("Machines call APIs too, and a handler may want to know.")
        .needs(AUTH0)
        .scene(|bench| {
            Box::pin(async move {
                let sub = json!("my-client-id@clients");
                seen(bench, &[("sub", sub), ("gty", json!("client-credentials"))]).await
            })
        }),
    Case::must("prov-auth0-permissions", "Permissions", Medium)
        .refs(&["https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis"])
        .sends("A token with `permissions`, several, one, and none.")
        .expects("accepted, with the permissions that were signed")
        .why("Rules are written on them.")
        .needs(AUTH0)
        .scene(|bench| {
            Box::pin(async move {
                for list in [json!(["read:orders", "write:orders"]), json!(["a"]), json!([])] {
                    seen(bench, &[("permissions", list)]).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-auth0-org", "A token of another organization", High)
        .refs(&["https://auth0.com/docs/manage-users/organizations/using-tokens"])
        .sends("Tokens of the organization that was configured, of another, and of none.")
        .expects("accepted, refused with 401, refused with 401")
        .why("Organizations of one tenant share issuer and audience.")
        .needs(AUTH0)
        .scene(|bench| {
            Box::pin(async move {
                bench.needs_option("organization")?;
                bench.restart_with([("organization", ORGANIZATION)])?;
                let token_of = |org: &str| bench.forge.good().claim("org_id", org).sign();
                let (own, other) = (token_of(ORGANIZATION), token_of("org_other"));
                let none = bench.forge.good_token();
                bench.must_allow("this organization", &own).await?;
                bench.must_refuse("another", &other).await?;
                bench.must_refuse("none", &none).await?;
                bench.must_allow("this organization", &own).await
            })
        }),
    Case::must("prov-auth0-custom-domain", "The tenant's other domain", Medium)
        .refs(&["https://auth0.com/docs/customize/custom-domains"])
        .sends("Tokens whose issuer is the custom domain while the tenant's is configured.")
        .why("One of the two is configured; whoever accepts both trusts a name nobody gave.")
        .needs(AUTH0)
        .refused(|forge| {
            ["https://login.acme.example/", "https://acme.us.auth0.com/"]
                .map(|issuer| Sample::new(issuer, forge.good().claim("iss", issuer).sign()))
                .into()
        }),
    Case::must("prov-auth0-at-jwt-dialect", "Auth0's other profile of tokens", Low)
        .refs(&["RFC 9068 §2", "https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles"])
        .sends("A token of `typ` `at+jwt` with `client_id` and `jti`.")
        .why("Which profile an API has is a switch in Auth0's dashboard.")
        .needs(AUTH0)
        .accepted(|forge| {
            let draft = forge.good().header("typ", "at+jwt").without("azp");
            let draft = draft.claim("client_id", "my-client-id").claim("jti", "abc");
            vec![Sample::new("at+jwt", draft.sign())]
        }),
];
