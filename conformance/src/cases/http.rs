//! The `Authorization` header: one, of one form, and nowhere else.

use http::HeaderValue;

use crate::bench::Bench;
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need};
use crate::subject::Answer;
use crate::verdict::Stop;

/// Tokens that arrive in the header which the group is about.
const BEARER: &[Need] = &[Need::Bearer];

/// Sends these `Authorization` headers, in which `TOKEN` stands for a good token.
async fn sent(bench: &mut Bench, headers: &[&[u8]]) -> Answer {
    let token = bench.forge.good_token();
    let values = headers.iter().filter_map(|header| {
        let text = String::from_utf8_lossy(header);
        let bytes = if text.contains("TOKEN") {
            text.replace("TOKEN", &token).into_bytes()
        } else {
            header.to_vec()
        };
        HeaderValue::from_bytes(&bytes).ok()
    });
    bench.subject().ask_with(values.collect::<Vec<_>>()).await
}

/// Each of these, sent alone, is refused although a good token is in it.
async fn refused(bench: &mut Bench, headers: &[&str]) -> Result<(), Stop> {
    bench.control().await?;
    for header in headers {
        let answer = sent(bench, &[header.as_bytes()]).await;
        bench.judge(&format!("{header:?}"), &answer, "refused with 401", Answer::is_refused)?;
    }
    bench.control().await
}

/// A request whose token stands elsewhere is refused.
async fn elsewhere(bench: &mut Bench, request: http::Request<()>) -> Result<(), Stop> {
    bench.control().await?;
    let answer = bench.subject().send(&request).await;
    bench.judge("elsewhere", &answer, "refused with 401", Answer::is_refused)?;
    bench.control().await
}

pub(super) const CASES: &[Case] = &[
    Case::must("http-missing", "No header", High)
        .refs(&["RFC 6750 §3"])
        .sends("A request without credentials.")
        .expects("refused with 401")
        .why("Default deny.")
        .needs(BEARER)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let answer = sent(bench, &[]).await;
                bench.judge("no header", &answer, "refused with 401", Answer::is_refused)?;
                bench.control().await
            })
        }),
    Case::must("http-two-headers", "Two headers", High)
        .refs(&["RFC 9110 §5.3", "RFC 6750 §3.1"])
        .sends(
            "Two Authorization headers: a good and a bad one in both orders, and the same twice.",
        )
        .expects("refused with 401")
        .why("A proxy in front may have looked at the other one.")
        .needs(BEARER)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let (good, bad) = (b"Bearer TOKEN".as_slice(), b"Bearer forged".as_slice());
                for (label, pair) in [
                    ("good, bad", [good, bad]),
                    ("bad, good", [bad, good]),
                    ("twice", [good, good]),
                ] {
                    let answer = sent(bench, &pair).await;
                    bench.judge(label, &answer, "refused with 401", Answer::is_refused)?;
                }
                bench.control().await
            })
        }),
    Case::must("http-empty", "An empty header", High)
        .refs(&["RFC 6750 §2.1"])
        .sends("An empty header, the scheme alone, the scheme and spaces.")
        .expects("refused with 401")
        .why("No token is no token.")
        .needs(BEARER)
        .scene(|bench| Box::pin(refused(bench, &["", "Bearer", "Bearer ", "Bearer    "]))),
    Case::must("http-other-scheme", "Another scheme", High)
        .refs(&["RFC 9110 §11.1"])
        .sends("A good token under Basic, Digest, DPoP, Token, JWT, and no scheme.")
        .expects("refused with 401")
        .why("The scheme says what the credential is.")
        .needs(BEARER)
        .scene(|bench| {
            Box::pin(refused(
                bench,
                &["Basic TOKEN", "Digest TOKEN", "DPoP TOKEN", "Token TOKEN", "JWT TOKEN", "TOKEN"],
            ))
        }),
    Case::must("http-lowercase-scheme", "The scheme in any letter case", Medium)
        .refs(&["RFC 9110 §11.1"])
        .sends("A good token under bearer, BEARER and bEaReR, and after two spaces.")
        .expects("accepted")
        .why("Schemes are compared without regard to case.")
        .needs(BEARER)
        .scene(|bench| {
            Box::pin(async move {
                for header in ["bearer TOKEN", "BEARER TOKEN", "bEaReR TOKEN", "Bearer  TOKEN"] {
                    let answer = sent(bench, &[header.as_bytes()]).await;
                    bench.judge(header, &answer, "accepted", Answer::is_allowed)?;
                }
                Ok(())
            })
        }),
    Case::must("http-malformed", "A header of another form", Medium)
        .refs(&["RFC 6750 §2.1"])
        .sends("No space, a list, quotes, the scheme twice, something after the token, a tab.")
        .expects("refused with 401")
        .why("Two parsers that read it differently see two callers.")
        .needs(BEARER)
        .scene(|bench| {
            Box::pin(refused(
                bench,
                &[
                    "BearerTOKEN",
                    "Bearer-x TOKEN",
                    "Bearer a, Bearer TOKEN",
                    "Bearer TOKEN,x",
                    "Bearer \"TOKEN\"",
                    "Bearer Bearer TOKEN",
                    "Bearer TOKEN x",
                    "Bearer\tTOKEN",
                    "Bearer token=TOKEN",
                ],
            ))
        }),
    Case::must("http-non-ascii", "Bytes that are no text", Medium)
        .refs(&["RFC 9110 §5.5"])
        .sends("Headers with bytes above 127, alone and beside a scheme.")
        .expects("refused with 401")
        .why("Nothing that can be sent may bring the server down.")
        .needs(BEARER)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                for header in [&b"\x80\xff"[..], b"Bearer \xff\xfe", "Bearer ｔｏｋｅｎ".as_bytes()]
                {
                    let answer = sent(bench, &[header]).await;
                    bench.judge("bytes", &answer, "refused with 401", Answer::is_refused)?;
                }
                bench.control().await
            })
        }),
    Case::must("http-query-token-default", "A token in the address", Critical)
        .refs(&["RFC 6750 §2.3", "RFC 9700 §4.3.2"])
        .sends("A good token as `access_token` in the query, and no header.")
        .expects("refused with 401")
        .why("Addresses end up in logs and histories.")
        .needs(BEARER)
        .scene(|bench| {
            Box::pin(async move {
                let address = format!("/orders?access_token={}", bench.forge.good_token());
                let request = http::Request::get(address).body(()).unwrap_or_default();
                elsewhere(bench, request).await
            })
        }),
    Case::must("http-cookie-default", "A token in a cookie", High)
        .refs(&["RFC 6750 §2"])
        .sends("A good token in cookies that vendors use, and no header.")
        .expects("refused with 401")
        .why("Browsers send cookies by themselves, for other sites as well.")
        .needs(BEARER)
        .scene(|bench| {
            Box::pin(async move {
                let token = bench.forge.good_token();
                let cookie = format!("access_token={token}; __session={token}; Bearer={token}");
                let request = http::Request::get("/orders").header("cookie", cookie).body(());
                elsewhere(bench, request.unwrap_or_default()).await
            })
        }),
    Case::must("http-look-alike-headers", "A token in another header", High)
        .refs(&["RFC 6750 §2"])
        .sends("A good token in headers that look like the right one.")
        .expects("refused with 401")
        .why("A proxy in front guards one header only.")
        .needs(BEARER)
        .scene(|bench| {
            Box::pin(async move {
                let value = format!("Bearer {}", bench.forge.good_token());
                let names = ["x-authorization", "proxy-authorization", "x-forwarded-authorization"];
                let request = names
                    .iter()
                    .fold(http::Request::get("/orders"), |request, name| {
                        request.header(*name, value.as_str())
                    })
                    .body(());
                elsewhere(bench, request.unwrap_or_default()).await
            })
        }),
];
