//! Google's dialect
//! (<https://developers.google.com/identity/gsi/web/guides/verify-google-id-token>): two spellings of
//! one issuer, addresses that nobody may have verified, and every account in the world.

use serde_json::json;

use super::common::{must_refuse_all, saying, without};
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need, Sample};

const GOOGLE: &[Need] = &[Need::Vendor("google-id-token")];

const DOCS: &str = "https://developers.google.com/identity/gsi/web/guides/verify-google-id-token";

pub(super) const CASES: &[Case] = &[
    Case::must("prov-google-two-issuers", "Google's two spellings of its issuer", Low)
        .refs(&[DOCS])
        .sends("Tokens of `accounts.google.com` with `https://` before it and without.")
        .why("Google writes either.")
        .needs(GOOGLE)
        .accepted(|forge| {
            let both = ["accounts.google.com", "https://accounts.google.com"];
            both.map(|issuer| saying(forge, "iss", issuer)).into()
        }),
    Case::must("prov-google-issuer-lookalikes", "What only looks like Google", Critical)
        .refs(&[DOCS])
        .sends("Issuers that begin or end like Google's, and those of its other services.")
        .why("Firebase and the proxy sign for other purposes.")
        .needs(GOOGLE)
        .refused(|forge| {
            [
                "accounts.google.com/",
                "https://accounts.google.com/",
                "http://accounts.google.com",
                "accounts.google.com.evil.example",
                "https://securetoken.google.com/acme",
                "https://cloud.google.com/iap",
                "google.com",
            ]
            .map(|issuer| saying(forge, "iss", issuer))
            .into()
        }),
    Case::must("prov-google-email-unverified", "An address that nobody verified", High)
        .refs(&[DOCS])
        .sends("Tokens with an address, and `email_verified` false, a text, a number, or absent.")
        .why("An account may claim an address that belongs to somebody else.")
        .needs(GOOGLE)
        .refused(|forge| {
            let values = [json!(false), json!("true"), json!(1), json!(null)];
            let mut samples: Vec<_> =
                values.into_iter().map(|value| saying(forge, "email_verified", value)).collect();
            samples.push(without(forge, "email_verified"));
            samples
        }),
    Case::must("prov-google-no-email", "A user who shares no address", Medium)
        .refs(&[DOCS])
        .sends("A token without `email` and what belongs to it.")
        .why("A client that asks for `openid` alone gets no address, and needs none.")
        .needs(GOOGLE)
        .accepted(|forge| {
            let draft = forge.good().without("email").without("email_verified").without("hd");
            vec![Sample::new("no email", draft.sign())]
        }),
    Case::must("prov-google-hosted-domain", "Another Workspace domain", Critical)
        .refs(&["https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload"])
        .sends("With domains configured: users of others, of none, and with such an address.")
        .expects("accepted of these domains, refused with 401 of others")
        .why("Every Google account gets a token for the client.")
        .needs(GOOGLE)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("hosted_domains", "acme.example, acme.test")])?;
                let forge = bench.forge.clone();
                let address = forge.good().without("hd").claim("email", "eve@acme.example");
                let bad = [
                    saying(&forge, "hd", "evil.example"),
                    saying(&forge, "hd", "ACME.example"),
                    saying(&forge, "hd", "sub.acme.example"),
                    saying(&forge, "hd", json!(["acme.example"])),
                    Sample::new("an address alone", address.sign()),
                ];
                let other = saying(&forge, "hd", "acme.test");
                bench.must_allow(&other.label, &other.token).await?;
                must_refuse_all(bench, &forge.good_token(), bad).await
            })
        }),
    Case::must("prov-google-lifetime", "A token that lives for days", Medium)
        .refs(&[DOCS])
        .sends("Tokens with more than 24 hours from `iat` to `exp`, and without `iat`.")
        .why("Google's live for an hour.")
        .needs(GOOGLE)
        .refused(|forge| {
            vec![
                Sample::new("25 hours", forge.good().claim("exp", forge.at(25 * 3600)).sign()),
                without(forge, "iat"),
            ]
        }),
    Case::must("prov-google-other-client", "Another client's token", Critical)
        .refs(&[DOCS, "RFC 8725 §3.9"])
        .sends("Tokens for another client, ours being in `azp` or in a part of the name.")
        .why("Whoever runs any application has tokens of its users.")
        .needs(GOOGLE)
        .refused(|forge| {
            let ours = forge.audience.clone().unwrap_or_default();
            vec![
                saying(forge, "aud", "999-evil.apps.googleusercontent.com"),
                saying(forge, "aud", format!("x{ours}")),
                saying(forge, "aud", json!(["999-evil.apps.googleusercontent.com"])),
            ]
        }),
    Case::must("prov-google-service-account", "A service account's token", Low)
        .refs(&["https://cloud.google.com/docs/authentication/get-id-token"])
        .sends("An ID token that a service account was given for this audience.")
        .why("Services call each other with them; they have no Workspace domain.")
        .needs(GOOGLE)
        .accepted(|forge| {
            let draft = forge.good().without("hd").claim("azp", "110169484474386276334");
            let draft = draft.claim("email", "robot@acme.iam.gserviceaccount.com");
            vec![Sample::new("service account", draft.sign())]
        }),
];
