//! Issuers that answer wrongly at the start: nobody gets in, nobody is blamed, nothing breaks.

use serde_json::json;

use crate::bench::Bench;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, FETCHED, PUBLISHED};
use crate::idp::Reply;
use crate::tls::{Certificate, Delivery};
use crate::verdict::Stop;

/// A good token is unavailable under this answer, and works once the issuer is repaired.
async fn faulty(bench: &mut Bench, label: &str, reply: Reply) -> Result<(), Stop> {
    bench.issuer.reply(reply);
    bench.restart(|provider| provider)?;
    let token = bench.forge.good_token();
    bench.must_be_unavailable(label, &token).await?;
    bench.must_not_have_strayed()?;
    repaired(bench).await
}

async fn repaired(bench: &mut Bench) -> Result<(), Stop> {
    bench.republish();
    bench.issuer.front.show(Certificate::Good);
    bench.issuer.front.deliver(Delivery::Whole);
    bench.advance(2);
    bench.control().await
}

/// A good token is unavailable behind this certificate, and works once it is replaced.
async fn untrusted(bench: &mut Bench, certificate: Certificate) -> Result<(), Stop> {
    bench.issuer.front.show(certificate);
    let token = bench.forge.good_token();
    bench.must_be_unavailable("bad certificate", &token).await?;
    bench.must_have_fetched(0)?;
    repaired(bench).await
}

const fn tls(id: &'static str, title: &'static str, sends: &'static str) -> Case {
    Case::must(id, title, Critical)
        .refs(&["RFC 9110 §4.3.4", "RFC 9525 §6"])
        .sends(sends)
        .expects("503, no key taken, and accepted once the certificate is replaced")
        .why("Keys from whoever answers are keys of whoever answers.")
        .needs(FETCHED)
}

pub(super) const CASES: &[Case] = &[
    Case::must("jwks-status", "Any status but 200", High)
        .refs(&["RFC 9110 §15"])
        .sends("Good keys under 403, 404, 429, 500 and 503; nothing under 204 and 304.")
        .expects("503, and accepted once the issuer is repaired")
        .why("A document under an error is an error's document.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                for status in [403, 404, 429, 500, 503] {
                    let reply = Reply { status, ..bench.own_keys() };
                    faulty(bench, &status.to_string(), reply.header("retry-after", "1")).await?;
                }
                for status in [204, 304] {
                    let reply = Reply::text(status, "application/json", "");
                    faulty(bench, &status.to_string(), reply).await?;
                }
                Ok(())
            })
        }),
    Case::must("jwks-body", "A document that is no key set", High)
        .refs(&["RFC 7517 §5"])
        .sends("Half a document, HTML, no list of keys, an empty one, only useless keys.")
        .expects("503, and accepted once the issuer is repaired")
        .why("None of them has a key, and none is a reason to let anybody in.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                for (label, body) in [
                    ("half", "{".to_owned()),
                    ("empty", String::new()),
                    ("HTML", "<html>login</html>".to_owned()),
                    ("no list", "{}".to_owned()),
                    ("a list", "[]".to_owned()),
                    ("keys no list", "{\"keys\":{}}".to_owned()),
                    ("no keys", "{\"keys\":[]}".to_owned()),
                    ("useless keys", json!({"keys": [{"kty": "oct", "k": "AAAA"}]}).to_string()),
                ] {
                    faulty(bench, label, Reply::text(200, "application/json", body)).await?;
                }
                Ok(())
            })
        }),
    Case::must("jwks-body-deep-nesting", "A document nested without end", High)
        .refs(&["CWE-674"])
        .sends("A document of 50,000 lists in each other.")
        .expects("503, and accepted once the issuer is repaired")
        .why("A reader that calls itself for each level runs out of stack.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                let body = format!("{{\"keys\":{}", "[".repeat(50_000));
                faulty(bench, "nested", Reply::text(200, "application/json", body)).await
            })
        }),
    Case::must("jwks-body-too-large", "A document of many megabytes", High)
        .refs(&["CWE-400"])
        .sends("Good keys followed by eight megabytes of padding.")
        .expects("503, and accepted once the issuer is repaired")
        .why("An issuer that was taken over could fill the memory of all who trust it.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                let mut reply = bench.own_keys();
                reply.body.splice(1..1, vec![b' '; 8 * 1024 * 1024]);
                faulty(bench, "8 MB", reply).await
            })
        }),
    Case::should("jwks-too-many-keys", "A document of thousands of keys", Medium)
        .refs(&["CWE-400"])
        .sends("A thousand small keys and a good one.")
        .expects("503, and accepted once the issuer is repaired")
        .why("Each key costs time whenever the set is read.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(async move {
                let mut keys = vec![json!({"kty": "oct"}); 1000];
                keys.push(bench.forge.published[0].clone());
                faulty(bench, "1,000 keys", Reply::keys(keys)).await
            })
        }),
    Case::must("jwks-truncated", "A connection that breaks off", High)
        .refs(&["RFC 9112 §8"])
        .sends("The first half of a good answer, then nothing.")
        .expects("503, and accepted once the issuer is repaired")
        .why("Half an answer is none.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                bench.issuer.front.deliver(Delivery::Truncated(300));
                let token = bench.forge.good_token();
                bench.must_be_unavailable("truncated", &token).await?;
                repaired(bench).await
            })
        }),
    Case::must("jwks-redirect-other-host", "A redirect to another host", Critical)
        .refs(&["RFC 8725 §3.10"])
        .sends("Redirects to another host, to one inside, and to one without a scheme.")
        .expects("503, nobody else asked, and accepted once the issuer is repaired")
        .why("The address was configured; whoever redirects it chooses the keys.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                for place in [
                    "https://evil.example/jwks.json",
                    "https://metadata.internal/latest/meta-data",
                    "//evil.example/jwks.json",
                ] {
                    let reply = Reply::text(302, "text/plain", "").header("location", place);
                    faulty(bench, place, reply).await?;
                }
                Ok(())
            })
        }),
    Case::must("jwks-redirect-loop", "A redirect to itself", High)
        .refs(&["RFC 9110 §15.4"])
        .sends("A redirect to the same address, for ever.")
        .expects("503, and accepted once the issuer is repaired")
        .why("It must end, and without a key it ends without an allow.")
        .needs(FETCHED)
        .scene(|bench| {
            Box::pin(async move {
                let (host, path) = bench.profile.key_url.clone().unwrap_or_default();
                let location = format!("https://{host}{path}");
                let reply = Reply::text(301, "text/plain", "").header("location", location);
                faulty(bench, "loop", reply).await
            })
        }),
    tls(
        "jwks-tls-self-signed",
        "A self-signed certificate",
        "Good keys behind a certificate that signed itself.",
    )
    .scene(|bench| Box::pin(untrusted(bench, Certificate::SelfSigned))),
    tls(
        "jwks-tls-expired",
        "An expired certificate",
        "Good keys behind a certificate that expired years ago.",
    )
    .scene(|bench| Box::pin(untrusted(bench, Certificate::Expired))),
    tls(
        "jwks-tls-wrong-host",
        "Another host's certificate",
        "Good keys behind a certificate for another name.",
    )
    .scene(|bench| Box::pin(untrusted(bench, Certificate::WrongHost))),
    tls(
        "jwks-tls-untrusted-ca",
        "An unknown authority",
        "Good keys behind a certificate of an unknown authority.",
    )
    .scene(|bench| Box::pin(untrusted(bench, Certificate::UnknownAuthority))),
];
