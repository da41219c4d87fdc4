//! Descriptions that must not be believed: nobody gets in, and nobody is asked for keys.

use serde_json::{Value, json};

use super::disc::{DOCUMENT_LIFETIME, describe, describe_as, description};
use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, DISCOVERED};
use crate::idp::Reply;
use crate::verdict::Stop;

/// A good token is unavailable while the issuer describes itself so, no keys are asked for, and it
/// works once the description is repaired.
async fn faulty(bench: &mut Bench, label: &str, reply: Reply) -> Result<(), Stop> {
    let before = bench.issuer.fetches();
    describe(bench, reply);
    bench.restart(|provider| provider)?;
    let token = bench.forge.good_token();
    bench.must_be_unavailable(label, &token).await?;
    bench.must_not_have_strayed()?;
    let fetches = bench.issuer.fetches() - before;
    require(fetches == 0, || format!("{label}: it asked for keys"))?;
    describe_as(bench, &description(bench));
    bench.advance(2);
    bench.control().await
}

/// The same for a description with another member in place of the right one.
async fn faulty_member(bench: &mut Bench, member: &str, value: Value) -> Result<(), Stop> {
    let label = format!("{member} {value}");
    let mut told = description(bench);
    told[member] = value;
    faulty(bench, &label, Reply::text(200, "application/json", told.to_string())).await
}

async fn faulty_addresses(bench: &mut Bench, addresses: &[&str]) -> Result<(), Stop> {
    for address in addresses {
        faulty_member(bench, "jwks_uri", json!(address)).await?;
    }
    Ok(())
}

pub(super) const CASES: &[Case] = &[
    Case::must("disc-issuer-mismatch", "Another issuer's description", Critical)
        .refs(&["OpenID Connect Discovery §4.3", "RFC 8414 §3.3"])
        .sends("Descriptions that name another issuer, or this one in another spelling.")
        .expects("503, no request for keys, and accepted once the description is repaired")
        .why("Whoever can answer for one tenant could bring keys for another.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let name = bench.forge.issuer.clone().unwrap_or_default();
                let other = match name.strip_suffix('/') {
                    Some(without) => without.to_owned(),
                    None => format!("{name}/"),
                };
                for issuer in [
                    json!("https://evil.example/"),
                    json!(other),
                    json!(name.to_uppercase()),
                    json!(format!("{name} ")),
                    json!([name]),
                ] {
                    faulty_member(bench, "issuer", issuer).await?;
                }
                Ok(())
            })
        }),
    Case::must("disc-issuer-missing", "A description of nobody", High)
        .refs(&["RFC 8414 §2"])
        .sends("A description without an issuer, and one whose issuer is null.")
        .expects("503, no request for keys, and accepted once the description is repaired")
        .why("What names no issuer was not said by this one.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let address = description(bench)["jwks_uri"].clone();
                let nobody = json!({"jwks_uri": address}).to_string();
                faulty(bench, "missing", Reply::text(200, "application/json", nobody)).await?;
                faulty_member(bench, "issuer", Value::Null).await
            })
        }),
    Case::must("disc-jwks-uri-scheme", "Keys at an address without TLS", Critical)
        .refs(&["RFC 8414 §2"])
        .sends("Descriptions whose keys are at `http:`, `ftp:`, `file:`, `data:`, or nowhere.")
        .expects("503, no request for keys, and accepted once the description is repaired")
        .why("Whoever is on the way could bring keys of their own.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let (host, path) = bench.profile.key_url.clone().unwrap_or_default();
                let plain = format!("http://{host}{path}");
                let list = [&plain, "ftp://a.example/", "file:///etc/keys", "data:,{}", &path, ""];
                faulty_addresses(bench, &list).await?;
                faulty_member(bench, "jwks_uri", Value::Null).await
            })
        }),
    Case::must("disc-jwks-uri-userinfo", "Keys at an address with a password", High)
        .refs(&["RFC 3986 §7.5"])
        .sends("Descriptions whose keys are at an address with a user name or a password.")
        .expects("503, no request for keys, and accepted once the description is repaired")
        .why("It would send credentials that somebody else chose, or hide which host is meant.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let (host, path) = bench.profile.key_url.clone().unwrap_or_default();
                let [user, both] =
                    ["user", "user:password"].map(|info| format!("https://{info}@{host}{path}"));
                let hidden = format!("https://{host}@evil.example{path}");
                faulty_addresses(bench, &[&user, &both, &hidden]).await
            })
        }),
    Case::must("disc-jwks-uri-internal", "Keys inside the server's own network", Critical)
        .refs(&["RFC 8725 §3.10", "CWE-918"])
        .sends("Descriptions whose keys are on this machine or at an address in numbers.")
        .expects("503, nobody asked, and accepted once the description is repaired")
        .why("An issuer must not be able to make the server ask its neighbours.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let list = [
                    "https://localhost/keys",
                    "http://localhost/keys",
                    "https://127.0.0.1/keys",
                    "http://127.0.0.1:8080/keys",
                    "https://169.254.169.254/latest/meta-data",
                    "https://[::1]/keys",
                ];
                faulty_addresses(bench, &list).await
            })
        }),
    Case::must("disc-not-json", "A description that is none", High)
        .refs(&["OpenID Connect Discovery §4.2"])
        .sends("HTML, nothing, half a document, a list, a document with a member twice.")
        .expects("503, no request for keys, and accepted once the description is repaired")
        .why("What cannot be read says nothing.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let good = description(bench).to_string();
                let twice = format!(r#"{{"issuer":"https://evil.example/",{}"#, &good[1..]);
                let nested = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
                for (label, body) in [
                    ("HTML", "<html>log in</html>".to_owned()),
                    ("empty", String::new()),
                    ("half", good[..good.len() / 2].to_owned()),
                    ("a list", format!("[{good}]")),
                    ("two documents", format!("{good}{good}")),
                    ("issuer twice", twice),
                    ("nested", nested),
                ] {
                    faulty(bench, label, Reply::text(200, "application/json", body)).await?;
                }
                Ok(())
            })
        }),
    Case::must("disc-status", "A description under another status than 200", Medium)
        .refs(&["OpenID Connect Discovery §4.2"])
        .sends("A good description under 204, 304, 404, 429 and 500.")
        .expects("503, no request for keys, and accepted once the description is repaired")
        .why("An error page is no description, whatever it looks like.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                for status in [204, 304, 404, 429, 500] {
                    let body = match status {
                        204 | 304 => String::new(),
                        _ => description(bench).to_string(),
                    };
                    let reply = Reply::text(status, "application/json", body);
                    faulty(bench, &status.to_string(), reply).await?;
                }
                Ok(())
            })
        }),
    Case::must("disc-too-large", "A description of megabytes", High)
        .refs(&["CWE-400"])
        .sends("A good description with eight megabytes of padding.")
        .expects("503, no request for keys, and accepted once the description is repaired")
        .why("An issuer that was taken over could fill the memory of all who trust it.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                let mut told = description(bench);
                told["padding"] = json!("x".repeat(8 * 1024 * 1024));
                faulty(bench, "8 MB", Reply::text(200, "application/json", told.to_string())).await
            })
        }),
    Case::must("disc-redirect", "A description somewhere else", Critical)
        .refs(&["RFC 8725 §3.10"])
        .sends("Redirects of the description to another host, and to another path.")
        .expects("503, nobody else asked, and accepted once the description is repaired")
        .why("The issuer was configured; whoever redirects it chooses the keys.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                for place in ["https://evil.example/", "//evil.example/", "/elsewhere"] {
                    let reply = Reply::text(302, "text/plain", "").header("location", place);
                    faulty(bench, place, reply).await?;
                }
                Ok(())
            })
        }),
    Case::must("disc-jwks-uri-hijacked", "Keys that moved, says another issuer", Critical)
        .refs(&["RFC 8414 §3.3"])
        .sends("Good tokens after the description became another issuer's, with other keys.")
        .expects("accepted with the known keys; the new address is left alone")
        .why("A change of address is followed through a valid description only.")
        .needs(DISCOVERED)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let mut told = description(bench);
                told["issuer"] = json!("https://evil.example/");
                told["jwks_uri"] = json!("https://evil.example/keys.json");
                describe_as(bench, &told);
                bench.advance(DOCUMENT_LIFETIME / 5);
                bench.control().await?;
                bench.must_not_have_strayed()?;
                bench.must_have_fetched(2)
            })
        }),
];
