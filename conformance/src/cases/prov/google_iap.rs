//! The dialect of Google's Identity-Aware Proxy
//! (<https://cloud.google.com/iap/docs/signed-headers-howto>): a header of its own, and unsigned ones
//! beside it.

use auth_core::Algorithm;
use serde_json::json;

use super::common::{must_refuse_all, must_say, must_start, saying, without};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need, Sample};
use crate::forge::SigningKey;
use crate::idp::Reply;

const IAP: &[Need] = &[Need::Vendor("google-iap")];

const DOCS: &str = "https://cloud.google.com/iap/docs/signed-headers-howto";

pub(super) const CASES: &[Case] = &[
    Case::must("prov-iap-unsigned-headers", "The headers that nobody signed", Critical)
        .refs(&["https://cloud.google.com/iap/docs/identity-howto"])
        .sends("A request with `X-Goog-Authenticated-User-*` alone; then beside an assertion of another.")
        .expects("refused with 401; then whoever the assertion names")
        .why("Whoever reaches the server without the proxy writes what they like.")
        .needs(IAP)
        .scene(|bench| {
            Box::pin(async move {
                let unsigned = || {
                    http::Request::get("/orders")
                        .header("x-goog-authenticated-user-email", "accounts.google.com:eve@acme.example")
                        .header("x-goog-authenticated-user-id", "accounts.google.com:666")
                };
                let alone = unsigned().body(()).expect("a plain request");
                let answer = bench.subject().send(&alone).await;
                bench.judge("alone", &answer, "refused with 401", crate::subject::Answer::is_refused)?;
                let token = bench.forge.good_token();
                let both = unsigned().header("x-goog-iap-jwt-assertion", token);
                let answer = bench.subject().send(&both.body(()).expect("a plain request")).await;
                bench.note("beside an assertion", &answer);
                require(answer.subject.as_ref() == Some(&bench.forge.subject), || {
                    format!("it took the caller for {:?}", answer.subject)
                })
            })
        }),
    Case::must("prov-iap-authorization-header", "An assertion in another place", High)
        .refs(&[DOCS])
        .sends("A good assertion in `Authorization`, where a caller's own credentials would be.")
        .expects("refused with 401")
        .why("The proxy overwrites its own header, and no other.")
        .needs(IAP)
        .scene(|bench| {
            Box::pin(async move {
                let header = format!("Bearer {}", bench.forge.good_token()).parse();
                let answer = bench.subject().ask_with([header.expect("visible")]).await;
                bench.judge("Authorization", &answer, "refused with 401", crate::subject::Answer::is_refused)?;
                bench.control().await
            })
        }),
    Case::must("prov-iap-alg", "Another algorithm than ES256", Critical)
        .refs(&["RFC 8725 §3.1", DOCS])
        .sends("Genuine RS256 and ES384 tokens of keys that are published as well, and a MAC.")
        .expects("refused with 401")
        .why("The proxy signs with ES256 and nothing else.")
        .needs(IAP)
        .scene(|bench| {
            Box::pin(async move {
                let current = bench.forge.keys.current.clone();
                for algorithm in [Algorithm::RS256, Algorithm::ES384] {
                    let key = SigningKey::generate("other", algorithm);
                    bench.issuer.reply(Reply::keys([current.jwk(), key.jwk()]));
                    bench.restart(|provider| provider)?;
                    let draft = bench.forge.good().header("alg", algorithm.name()).header("kid", "other");
                    let token = draft.signed_with(algorithm).signed_by(&key).sign();
                    bench.must_refuse(algorithm.name(), &token).await?;
                    bench.control().await?;
                }
                let pem = current.pem();
                let token = bench.forge.good().with_mac(Algorithm::HS256, pem.as_bytes());
                bench.must_refuse("HS256", &token).await
            })
        }),
    Case::must("prov-iap-audience", "Another resource behind the proxy", Critical)
        .refs(&[DOCS])
        .sends("Assertions for other backends, projects and kinds of resource.")
        .why("All of them have one issuer and one key set.")
        .needs(IAP)
        .refused(|forge| {
            [
                "/projects/104652/global/backendServices/99999",
                "/projects/999999/global/backendServices/84021",
                "/projects/104652/apps/acme",
                "/projects/104652",
                "/projects/104652/global/backendServices/84021/",
                "projects/104652/global/backendServices/84021",
            ]
            .map(|path| saying(forge, "aud", path))
            .into()
        }),
    Case::must("prov-iap-issuer", "Google, but not the proxy", High)
        .refs(&[DOCS])
        .sends("Tokens of Google's accounts and of a look-alike of the proxy.")
        .why("Google signs much; this issuer vouches for the proxy's decision.")
        .needs(IAP)
        .refused(|forge| {
            ["https://accounts.google.com", "https://cloud.google.com/iap/", "cloud.google.com/iap"]
                .map(|issuer| saying(forge, "iss", issuer))
                .into()
        }),
    Case::must("prov-iap-no-iat", "An assertion that says not when it was made", Medium)
        .refs(&[DOCS])
        .sends("Assertions without `iat`, and without `sub`.")
        .why("Both are on Google's own list.")
        .needs(IAP)
        .refused(|forge| vec![without(forge, "iat"), without(forge, "sub")]),
    Case::must("prov-iap-hosted-domain", "Users of another domain", High)
        .refs(&[DOCS])
        .sends("With a domain configured: users of others and of none.")
        .expects("accepted of this domain, refused with 401 of others")
        .why("Whom the proxy lets in is set elsewhere, and may be everybody.")
        .needs(IAP)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("hosted_domains", "acme.example")])?;
                let forge = bench.forge.clone();
                let bad = [
                    saying(&forge, "hd", "evil.example"),
                    saying(&forge, "hd", json!(["acme.example"])),
                    without(&forge, "hd"),
                ];
                must_refuse_all(bench, &forge.good_token(), bad).await
            })
        }),
    Case::must("prov-iap-setup", "What is no path of a resource", Medium)
        .refs(&[DOCS])
        .sends("A client id and an address as audience; then the three kinds of paths.")
        .expects("an error that says what was expected; of paths none")
        .why("The dashboard shows several ids, and only the path is ever in a token.")
        .needs(IAP)
        .configuration(|subject| {
            let mut seen = Vec::new();
            for text in ["407408718192.apps.googleusercontent.com", "https://app.acme.example"] {
                let variables = [("GOOGLE_IAP_AUDIENCE", text)];
                seen.push(must_say(subject, &variables, "expected a path such as /projects/")?);
            }
            for text in [
                "/projects/1/apps/acme",
                "/projects/1/global/backendServices/2",
                "/projects/1/locations/europe-west1/services/shop",
            ] {
                seen.push(must_start(subject, &[("GOOGLE_IAP_AUDIENCE", text)])?);
            }
            Ok(seen)
        }),
    Case::must("prov-iap-forged", "A stranger's assertion", Critical)
        .refs(&[DOCS])
        .sends("Assertions that a stranger signed, with this key id and without one.")
        .why("The header arrives from anybody who goes round the proxy.")
        .needs(IAP)
        .refused(|forge| {
            let draft = || forge.good().signed_by(&forge.keys.stranger);
            vec![
                Sample::new("this key id", draft().sign()),
                Sample::new("no key id", draft().without_header("kid").sign()),
            ]
        }),
];
