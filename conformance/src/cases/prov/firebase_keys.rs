//! Where Firebase's keys come from, and which kind of token they are for: certificates by key id,
//! one map for ID tokens and one for session cookies.

use serde_json::{Map, Value, json};

use super::firebase::FIREBASE;
use crate::bench::{Bench, require};
use crate::case::Case;
use crate::case::Severity::{Critical, High, Medium};
use crate::idp::Reply;
use crate::idp::firebase::cookie_key;
use crate::verdict::Stop;

const KEYS: &[&str] =
    &["https://firebase.google.com/docs/auth/admin/verify-id-tokens", "RFC 9111 §5.2.2.1"];

const COOKIES: &[&str] = &["https://firebase.google.com/docs/auth/admin/manage-cookies"];

/// A long time: beyond the end of every certificate.
const FOUR_YEARS: u64 = 4 * 366 * 86_400;

/// The current key's certificate beside entries that are none.
fn spoilt(bench: &Bench) -> Map<String, Value> {
    let key = &bench.forge.keys.next;
    let pem = key.certificate_pem();
    let cut: String = pem.lines().take(4).collect::<Vec<_>>().join("\n");
    let entries = [
        ("number", json!(1)),
        ("null", Value::Null),
        ("object", json!({ "pem": pem })),
        ("empty", json!("")),
        ("text", json!("no certificate")),
        ("key", json!(key.pem())),
        ("cut", json!(cut)),
    ];
    entries.map(|(name, entry)| (name.to_owned(), entry)).into_iter().collect()
}

/// A good session cookie.
fn cookie(bench: &Bench) -> String {
    let key = cookie_key(&bench.forge.keys);
    let issuer = "https://session.firebase.google.com/acme-prod";
    let draft = bench.forge.good().claim("iss", issuer).header("kid", key.id());
    draft.without_header("typ").signed_by(&key).sign()
}

/// The token, sent in a header of that name.
async fn sent_as(bench: &mut Bench, header: &str, value: String) -> Result<u16, Stop> {
    let request = http::Request::get("/orders").header(header, value).body(());
    let request = request.map_err(|error| Stop::Control(error.to_string()))?;
    let answer = bench.subject().send(&request).await;
    bench.note(header, &answer);
    Ok(answer.status)
}

async fn cookies_by_choice(bench: &mut Bench) -> Result<(), Stop> {
    let (cookie, id_token) = (cookie(bench), bench.forge.good_token());
    bench.must_refuse("a cookie as it is by default", &cookie).await?;
    bench.restart_with([("session_cookie", "__session")])?;
    bench.must_allow("a cookie by choice", &cookie).await?;
    bench.must_refuse("an ID token in the cookie", &id_token).await?;
    let key = cookie_key(&bench.forge.keys);
    let mixed = bench.forge.good().header("kid", key.id()).signed_by(&key).sign();
    bench.must_refuse("an ID token's claims under the cookies' key", &mixed).await?;
    let asked = bench.issuer.calls("cookie-certificates");
    require(asked == 1, || format!("the cookies' keys were asked for {asked} times"))?;
    let bearer = sent_as(bench, "authorization", format!("Bearer {id_token}")).await?;
    require(bearer == 401, || format!("an ID token in its usual place got {bearer}"))?;
    let bearer = sent_as(bench, "authorization", format!("Bearer {cookie}")).await?;
    require(bearer == 401, || format!("a cookie as a bearer token got {bearer}"))?;
    let other = sent_as(bench, "cookie", format!("session={cookie}")).await?;
    require(other == 401, || format!("a cookie of another name got {other}"))
}

async fn aged(bench: &mut Bench, seconds: u64, fetches: usize) -> Result<(), Stop> {
    bench.advance(seconds);
    bench.control().await?;
    bench.must_have_fetched(fetches)
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-firebase-cert-map", "Certificates by key id", High)
        .refs(KEYS)
        .sends("Tokens under both keys that the map of certificates holds, and under another.")
        .expects("accepted, accepted, and refused with 401")
        .why("It is how Google publishes the keys of ID tokens.")
        .needs(FIREBASE)
        .scene(|bench| {
            Box::pin(async move {
                bench.control().await?;
                let next = bench.forge.keys.next.clone();
                let token = bench.forge.good().header("kid", next.id()).signed_by(&next).sign();
                bench.must_allow("the next key", &token).await?;
                let stranger = bench.forge.keys.stranger.clone();
                let forged = bench.forge.good().signed_by(&stranger).sign();
                bench.must_refuse("another key", &forged).await?;
                bench.must_have_fetched(1)?;
                bench.must_not_have_strayed()
            })
        }),
    Case::must("prov-firebase-cert-map-bad", "Entries that are no certificates", Medium)
        .refs(KEYS)
        .sends("A map with numbers, objects, texts, a bare key and half a certificate beside a good one; later the good one has expired.")
        .expects("the good one works, none of the others, and an expired one no longer")
        .why("One slip of Google's must not lock all users out, nor let anybody in.")
        .needs(FIREBASE)
        .scene(|bench| {
            Box::pin(async move {
                let mut map = spoilt(bench);
                let key = &bench.forge.keys.current;
                map.insert(key.id().to_owned(), json!(key.certificate_pem()));
                bench.issuer.reply(Reply::json(200, &Value::Object(map)));
                bench.control().await?;
                let next = bench.forge.keys.next.clone();
                let bare = bench.forge.good().header("kid", "key").signed_by(&next).sign();
                bench.must_refuse("a bare key", &bare).await?;
                bench.control().await?;
                bench.advance(FOUR_YEARS);
                let draft = bench.forge.good().claim("auth_time", bench.forge.now);
                bench.must_refuse("an expired certificate", &draft.sign()).await
            })
        }),
    Case::must("prov-firebase-max-age", "How long certificates are kept", Medium)
        .refs(KEYS)
        .sends("Good tokens while the map says `max-age=5`, and while it says nothing.")
        .expects("asked again after five minutes, and after ten, and not for every token")
        .why("Google says how long its keys are good; asked for every token, it would be an outage.")
        .needs(FIREBASE)
        .scene(|bench| {
            Box::pin(async move {
                let brief = bench.own_keys().header("cache-control", "public, max-age=5");
                bench.issuer.reply(brief);
                aged(bench, 0, 1).await?;
                aged(bench, 10, 1).await?;
                bench.issuer.reply(bench.own_keys());
                aged(bench, 300, 2).await?;
                aged(bench, 300, 2).await?;
                aged(bench, 301, 3).await
            })
        }),
    Case::must("prov-firebase-cookie-choice", "Session cookies by choice", Critical)
        .refs(COOKIES)
        .sends("A session cookie and an ID token, before and after cookies were chosen; in the cookie, in the header, and in another cookie.")
        .expects("one kind at a time, in its own place, under its own keys")
        .why("A cookie is sent by browsers unasked, and lives for weeks: both kinds at once would let either be taken for the other.")
        .needs(FIREBASE)
        .scene(|bench| Box::pin(cookies_by_choice(bench))),
];
