//! Okta's dialect (<https://developer.okta.com/docs/guides/validate-access-tokens/>): tokens of one
//! authorization server, for one API, and none that are for Okta itself or for an application.

use serde_json::json;

use super::{must_not_start, seen_by_handler};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need, Sample};

const OKTA: &[Need] = &[Need::Vendor("okta")];

const GUIDE: &str = "https://developer.okta.com/docs/guides/validate-access-tokens/";

pub(super) const CASES: &[Case] = &[
    Case::must("prov-okta-access-token", "Scopes and groups", Medium)
        .refs(&["https://developer.okta.com/docs/reference/api/oidc/#access-token"])
        .sends("A good token with `scp` as a list, and groups.")
        .expects("accepted; a scope is one entry of the list, a role one group")
        .why("Rules are written on them, whatever the vendor calls them.")
        .needs(OKTA)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                let user = seen_by_handler(bench, "good", &token).await?;
                let is_read = user.has_scope("orders.read") && user.has_role("Clerks");
                require(is_read, || "a scope or a group is not seen".to_owned())?;
                let token = bench.forge.good().claim("scp", "openid orders.read").sign();
                let user = seen_by_handler(bench, "one text", &token).await?;
                require(!user.has_scope("orders.read"), || "a text was split".to_owned())
            })
        }),
    Case::must("prov-okta-id-token", "An ID token in place of an access token", Critical)
        .refs(&[GUIDE, "RFC 8725 §3.12"])
        .sends("Genuine ID tokens: for the application, and as if its id were the API's audience.")
        .why("It says who logged in to an application, not what that may do at the API.")
        .needs(OKTA)
        .refused(|forge| {
            let id = "ID.Xb1wT8dzK2rFq0sY";
            let draft = forge.good().without("scp").claim("jti", id).claim("amr", json!(["pwd"]));
            let own = draft.clone().claim("aud", "0oa2hl2inow5Uqc6c357").without("cid");
            vec![
                Sample::new("for the application", own.claim("nonce", "n").sign()),
                Sample::new("for the API", draft.clone().sign()),
                Sample::new("bound to a login", forge.good().claim("at_hash", "x").sign()),
                Sample::new("without a client", forge.good().without("cid").sign()),
            ]
        }),
    Case::must("prov-okta-org-server", "A token of the organization's own server", Critical)
        .refs(&["https://developer.okta.com/docs/concepts/auth-servers/"])
        .sends("Tokens whose issuer is the organization, one of Okta's internal type.")
        .why("They are for Okta's own interfaces, and their keys may change without notice.")
        .needs(OKTA)
        .refused(|forge| {
            let draft = forge.good().claim("iss", "https://acme.okta.com");
            let typed = forge.good().header("typ", "application/okta-internal-at+jwt");
            vec![Sample::new("issuer", draft.sign()), Sample::new("type", typed.sign())]
        }),
    Case::must("prov-okta-other-server", "Another authorization server of the organization", High)
        .refs(&[GUIDE])
        .sends("Tokens of a server with another id, and of another organization's default one.")
        .why("Each server has rules of its own about who gets a token.")
        .needs(OKTA)
        .refused(|forge| {
            [
                "https://acme.okta.com/oauth2/aus9o8wzkhckw9TLa0h7z",
                "https://other.okta.com/oauth2/default",
                "https://acme.okta.com/oauth2/default/",
                "https://acme.oktapreview.com/oauth2/default",
            ]
            .map(|issuer| Sample::new(issuer, forge.good().claim("iss", issuer).sign()))
            .into()
        }),
    Case::must("prov-okta-key-id", "A token that names no key", Medium)
        .refs(&[GUIDE])
        .sends("A genuine token without `kid`, while one key is published.")
        .expects("refused with 401")
        .why("Okta names the key in every token; one that does not is not Okta's.")
        .needs(OKTA)
        .scene(|bench| {
            Box::pin(async move {
                bench.publish([&bench.forge.keys.current]);
                let token = bench.forge.good().without_header("kid").sign();
                bench.must_refuse("no kid", &token).await?;
                bench.control().await
            })
        }),
    Case::must("prov-okta-client", "A token of another client", High)
        .refs(&[GUIDE])
        .sends("Tokens of the clients that were configured, of another, and of none.")
        .expects("accepted, refused with 401, refused with 401")
        .why("Any application of the organization can ask for a token of the default audience.")
        .needs(OKTA)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("client_ids", "0oa2hl2inow5Uqc6c357, 0oaSecond")])?;
                let token_of = |client: &str| bench.forge.good().claim("cid", client).sign();
                let (first, second) = (token_of("0oa2hl2inow5Uqc6c357"), token_of("0oaSecond"));
                let (other, almost) = (token_of("0oaOther"), token_of("0oasecond"));
                let none = bench.forge.good().without("cid").sign();
                bench.must_allow("the first", &first).await?;
                bench.must_allow("the second", &second).await?;
                bench.must_refuse("another", &other).await?;
                bench.must_refuse("in other letters", &almost).await?;
                bench.must_refuse("none", &none).await
            })
        }),
    Case::must("prov-okta-configuration", "Domains and issuers that no API has", Medium)
        .refs(&["https://developer.okta.com/docs/concepts/auth-servers/"])
        .sends("The admin console's domain; the organization, another host, a slash as issuer.")
        .expects("it does not start, and says why")
        .why("Found when the server starts, it is a sentence; found later, it is a lockout.")
        .needs(OKTA)
        .scene(|bench| {
            Box::pin(async move {
                must_not_start(bench, [("domain", "acme-admin.okta.com")], "admin console")?;
                for issuer in [
                    "https://acme.okta.com",
                    "https://acme.okta.com/oauth2/",
                    "https://acme.okta.com/oauth2/default/",
                    "https://evil.example/oauth2/default",
                    "http://acme.okta.com/oauth2/default",
                    "https://acme.okta.com/oauth2/../default",
                ] {
                    must_not_start(bench, [("issuer", issuer)], "organization's own server")?;
                }
                Ok(())
            })
        }),
    Case::must("prov-okta-machine", "A machine's token", Low)
        .refs(&["https://developer.okta.com/docs/guides/implement-grant-type/clientcreds/main/"])
        .sends("A token of the client credentials grant: its subject is the client, no `uid`.")
        .expects("accepted, as the client")
        .why("Machines call APIs too.")
        .needs(OKTA)
        .scene(|bench| {
            Box::pin(async move {
                let client = "0oa2hl2inow5Uqc6c357";
                let token =
                    bench.forge.good().without("uid").without("groups").claim("sub", client);
                let user = seen_by_handler(bench, "client credentials", &token.sign()).await?;
                require(user.claim("sub") == Some(client), || "it is somebody else".to_owned())
            })
        }),
];
