//! Cognito's dialect
//! (<https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html>):
//! its access tokens have no audience, and its issuer has two forms.

use auth_core::Claims;
use serde_json::json;

use super::common::{must_allow_all, must_refuse_all, must_say, must_start, saying, without};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need, Sample};
use crate::forge::{Draft, Forge};
use crate::idp::cognito::CLIENT;

const COGNITO: &[Need] = &[Need::Vendor("cognito")];

const DOCS: &str = "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html";

/// A genuine ID token of the same user and client.
fn id_token(forge: &Forge) -> Draft {
    let draft = forge.good().without("client_id").without("scope").without("username");
    draft.claim("token_use", "id").claim("aud", CLIENT).claim("cognito:username", "ada")
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-cognito-access", "Whose token it is, and of which kind", Critical)
        .refs(&[DOCS, "RFC 8725 §3.12"])
        .sends("Tokens of other clients, ID tokens, and tokens of no kind or client.")
        .why("Audience is told by `client_id`, and kind by `token_use`.")
        .needs(COGNITO)
        .refused(|forge| {
            let kind = |kind: &str| saying(forge, "token_use", kind);
            let client = |value| saying(forge, "client_id", value);
            vec![
                client(json!("7someoneelsesclient")),
                client(json!(CLIENT.to_uppercase())),
                client(json!([CLIENT])),
                client(json!(null)),
                without(forge, "client_id"),
                kind("id"),
                kind("refresh"),
                kind("Access"),
                without(forge, "token_use"),
                Sample::new("ID token", id_token(forge).sign()),
                Sample::new("ID token as access", id_token(forge).claim("token_use", "access").sign()),
            ]
        }),
    Case::must("prov-cognito-issuer-forms", "Both forms of the pool's issuer", Medium)
        .refs(&[DOCS])
        .sends("Tokens of the regional and of the other form of issuer.")
        .why("Which of the two a pool writes is set at Amazon.")
        .needs(COGNITO)
        .accepted(|forge| {
            ["cognito-idp", "issuer-cognito-idp"]
                .map(|service| {
                    let pool = "eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";
                    saying(forge, "iss", format!("https://{service}.{pool}"))
                })
                .into()
        }),
    Case::must("prov-cognito-other-pool", "Another pool, another region", Critical)
        .refs(&[DOCS])
        .sends("Tokens whose issuer is another pool of the region, and this pool's id elsewhere.")
        .why("Anybody can have a pool in the same region.")
        .needs(COGNITO)
        .refused(|forge| {
            [
                "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Zzzzzzzzz",
                "cognito-idp.us-east-1.amazonaws.com/eu-west-1_AbCdEfGhI",
                "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/",
                "cognito-idp.eu-west-1.amazonaws.com.evil.example/eu-west-1_AbCdEfGhI",
                "issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Zzzzzzzzz",
            ]
            .map(|rest| saying(forge, "iss", format!("https://{rest}")))
            .into()
        }),
    Case::must("prov-cognito-id-tokens", "ID tokens by choice", High)
        .refs(&[DOCS])
        .sends("With `id_tokens` switched on, ID tokens of this client and of another, and access tokens.")
        .expects("the first are accepted, the others refused with 401")
        .why("One kind is meant, not either.")
        .needs(COGNITO)
        .scene(|bench| {
            Box::pin(async move {
                bench.needs_option("id_tokens")?;
                bench.restart_with([("id_tokens", "true")])?;
                let forge = bench.forge.clone();
                let other = id_token(&forge).claim("aud", "7someoneelsesclient");
                let bad = [
                    Sample::new("another client", other.clone().sign()),
                    Sample::new("another, ours in client_id", other.claim("client_id", CLIENT).sign()),
                    Sample::new("no audience", id_token(&forge).without("aud").sign()),
                    Sample::new("access token", forge.good_token()),
                    Sample::new("access token with aud", forge.good().claim("aud", CLIENT).sign()),
                ];
                must_refuse_all(bench, &id_token(&forge).sign(), bad).await
            })
        }),
    Case::must("prov-cognito-resource-binding", "An access token that has an audience", Low)
        .refs(&["RFC 8707 §2"])
        .sends("A good access token with `aud`, as one that is bound to a resource has.")
        .why("The client is compared all the same.")
        .needs(COGNITO)
        .accepted(|forge| vec![saying(forge, "aud", "https://api.acme.example")]),
    Case::must("prov-cognito-groups", "Groups are roles", Medium)
        .refs(&["https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html"])
        .sends("A token with groups and scopes.")
        .expects("the groups are the user's roles, the scopes what was granted")
        .why("Rules are written on them.")
        .needs(COGNITO)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good().claim("roles", json!(["admin"])).sign();
                must_allow_all(bench, [Sample::new("groups", token.clone())]).await?;
                let claims = bench.subject().ask(&token).await.claims;
                let roles: Vec<_> = claims.iter().flat_map(Claims::roles).collect();
                require(roles == ["clerks"], || format!("{roles:?}"))?;
                let may_read = claims.iter().any(|claims| claims.has_scope("orders/read"));
                require(may_read, || "the scope is not seen".to_owned())
            })
        }),
    Case::must("prov-cognito-pool-id", "What is no user pool", Medium)
        .refs(&["CWE-20"])
        .sends("Texts that are no pool, some of which would lead to another host; then pools.")
        .expects("an error that says what was expected; of pools none")
        .why("The id becomes a part of the address at which keys are asked for.")
        .needs(COGNITO)
        .configuration(|subject| {
            let mut seen = Vec::new();
            for pool in [
                "AbCdEfGhI", "eu-west-1", "eu-west-1_", "_AbC", "eu-west_AbC", "evil.example/x-y-1_AbC",
                "eu-west-1_AbC/../x", "EU-WEST-1_AbC", "eu-west-12_AbC", "eu--1_AbC", "eu-west-x_A-b",
            ] {
                let variables = [("COGNITO_CLIENT_IDS", "a"), ("COGNITO_USER_POOL_ID", pool)];
                seen.push(must_say(subject, &variables, "user_pool_id: expected a pool")?);
            }
            for pool in ["us-east-1_A1", "us-gov-west-1_A1", "cn-north-1_A1", "eusc-de-east-1_A1"] {
                let variables = [("COGNITO_CLIENT_ID", "a"), ("COGNITO_USER_POOL_ID", pool)];
                seen.push(must_start(subject, &variables)?);
            }
            Ok(seen)
        }),
];
