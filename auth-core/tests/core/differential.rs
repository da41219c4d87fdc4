//! Our verifier beside `jsonwebtoken` as an oracle, over the `corpus`: what we accept it accepts,
//! and what we alone refuse is on a written list.
//!
//! The oracle reads the real clock, so tokens are minted around the real second, and a pair of
//! verdicts counts only if they were given within it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::ManualClock;
use auth_core::{AuthError, Claims, Verifier};
use jsonwebtoken::{DecodingKey, TokenData, Validation, get_current_timestamp};
use serde_json::{Value, json};

use crate::corpus::{self, Stricter};
use crate::keys::{SECRET, mac_over, secret};
use crate::{AUDIENCE, ISSUER, environment};

/// How far clocks may disagree, for both.
const LEEWAY: u64 = 5;

/// The header of a good token.
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// What both say of one token.
struct Verdicts {
    ours: Result<Claims, AuthError>,
    theirs: Result<TokenData<Value>, jsonwebtoken::errors::Error>,
}

/// Has both judge the token that is minted for a second, within that second.
fn judge(mint: impl Fn(u64) -> String) -> Verdicts {
    loop {
        let now = get_current_timestamp();
        let token = mint(now);
        let ours = crate::verify(&our_verifier(now), &token);
        let theirs = jsonwebtoken::decode(
            &token,
            &DecodingKey::from_secret(SECRET.as_bytes()),
            &their_validation(),
        );
        if get_current_timestamp() == now {
            return Verdicts { ours, theirs };
        }
    }
}

fn our_verifier(now: u64) -> Verifier {
    let clock = Arc::new(ManualClock::at(Duration::from_secs(now)));
    let builder = Verifier::hmac(&secret()).issuer(ISSUER).audience(AUDIENCE);
    let builder = builder.leeway(Duration::from_secs(LEEWAY));
    builder.build_in(&environment().with_clock(clock)).unwrap()
}

fn their_validation() -> Validation {
    let mut validation = Validation::new(jsonwebtoken::Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud"]);
    validation.validate_nbf = true;
    validation.leeway = LEEWAY;
    validation
}

/// Holds both verdicts against the list of what only we refuse; whether that was the case.
fn compare(verdicts: &Verdicts, listed: &[Stricter], what: &str) -> bool {
    match (&verdicts.ours, &verdicts.theirs) {
        (Ok(ours), Ok(theirs)) => {
            let ours: Value = ours.parse_as().unwrap();
            assert_eq!(ours, theirs.claims, "{what}: both accept it, and read it differently");
            false
        }
        (Ok(_), Err(theirs)) => panic!("{what}: only the oracle refuses it: {theirs}"),
        (Err(ours), Ok(_)) => {
            let is_listed = listed.iter().any(|stricter| stricter.code == ours.code());
            assert!(
                is_listed,
                "{what}: only we refuse it, for {}; listed: {listed:?}",
                ours.code()
            );
            true
        }
        (Err(_), Err(_)) => false,
    }
}

/// Holds a single change against its entry, which has to be right and not stale.
fn compare_one(verdicts: &Verdicts, listed: Option<Stricter>, what: &str) {
    let only_we_refuse = compare(verdicts, listed.as_slice(), what);
    if let Some(Stricter { code, reason }) = listed {
        let ours = verdicts.ours.as_ref().map_err(AuthError::code);
        assert!(only_we_refuse, "{what}: only we refuse it, as {code}, since {reason}: {ours:?}");
    }
}

/// The claims of a good token at this second, with these changes of the corpus.
fn changed_claims(now: u64, changes: &[usize]) -> String {
    let good =
        json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "iat": now, "exp": now + 600});
    let Value::Object(mut claims) = good else { unreachable!("an object was written") };
    let mut corpus = corpus::claims(now, LEEWAY);
    for index in changes {
        let change = &mut corpus[*index];
        claims.remove(change.member);
        claims.extend(change.value.take().map(|value| (change.member.to_owned(), value)));
    }
    Value::Object(claims).to_string()
}

#[test]
fn both_accept_a_good_token() {
    let verdicts = judge(|now| mac_over(HEADER, &changed_claims(now, &[])));
    assert!(verdicts.ours.is_ok() && verdicts.theirs.is_ok());
    compare_one(&verdicts, None, "a good token");
}

#[test]
fn every_single_change_of_a_claim_is_decided_alike_or_on_the_list() {
    for (index, change) in corpus::claims(get_current_timestamp(), LEEWAY).iter().enumerate() {
        let verdicts = judge(|now| mac_over(HEADER, &changed_claims(now, &[index])));
        compare_one(&verdicts, change.stricter, &format!("{}: {:?}", change.member, change.value));
    }
}

#[test]
fn no_two_changes_of_claims_together_get_past_us_alone() {
    let corpus = corpus::claims(get_current_timestamp(), LEEWAY);
    let mut judged = 0;
    for (first, one) in corpus.iter().enumerate() {
        for (second, other) in corpus.iter().enumerate().skip(first + 1) {
            if one.member == other.member {
                continue;
            }
            let verdicts = judge(|now| mac_over(HEADER, &changed_claims(now, &[first, second])));
            let listed: Vec<_> = one.stricter.into_iter().chain(other.stricter).collect();
            let what =
                format!("{}: {:?}, {}: {:?}", one.member, one.value, other.member, other.value);
            compare(&verdicts, &listed, &what);
            judged += 1;
        }
    }
    assert!(judged > 2000, "{judged}");
}

#[test]
fn every_change_of_the_header_is_decided_alike_or_on_the_list() {
    for change in corpus::headers() {
        let header = format!(r#"{{"alg":"HS256"{}}}"#, change.value);
        let verdicts = judge(|now| mac_over(&header, &changed_claims(now, &[])));
        compare_one(&verdicts, change.stricter, &header);
    }
}

#[test]
fn every_other_document_in_place_of_the_claims_is_decided_alike_or_on_the_list() {
    let malformed = |reason| Some(Stricter { code: "claims_malformed", reason });
    let repeated = malformed("RFC 7519, 4: claim names are unique, whatever their depth");
    let no_object = malformed("RFC 7519, 7.2: the claims are an object, not a list in their order");
    let reserved = malformed("the JSON library reads such a name differently by its features");
    let insert = |good: &str, members: &str| format!("{},{members}}}", good.trim_end_matches('}'));
    for (stricter, write) in [
        (None, &|_: u64, good: &str| insert(good, r#""exp":9999999999"#) as String),
        (None, &|_, good| insert(good, r#""aud":"https://api.example""#)),
        (repeated, &|_, good| insert(good, r#""role":"user","role":"admin""#)),
        (repeated, &|_, good| insert(good, r#""role":"user","\u0072ole":"admin""#)),
        (repeated, &|_, good| insert(good, r#""role":{"a":1,"a":2}"#)),
        (reserved, &|_, good| insert(good, r#""role":{"$serde_json::private::RawValue":"[]"}"#)),
        (no_object, &|now, _| json!([now + 600, now, "user-1", ISSUER, AUDIENCE]).to_string()),
        (None, &|_, good| format!("[{good}]")),
        (None, &|_, good| format!("{good}{good}")),
        (None, &|_, good| format!("{good} x")),
        (None, &|_, good| format!("  {good}\n")),
        (None, &|_, good| format!("\u{feff}{good}")),
        (None, &|_, good| good.replace('"', "'")),
        (None, &|_, good| insert(good, r#""deep":"#) + &"[".repeat(200) + &"]".repeat(200)),
        (None, &|_, good| insert(good, r#""n":1e999"#)),
        (None, &|_, _| String::from("{}")),
        (None, &|_, _| String::from("null")),
    ] as [(Option<Stricter>, &dyn Fn(u64, &str) -> String); 17]
    {
        let payload = |now| write(now, &changed_claims(now, &[]));
        let verdicts = judge(|now| mac_over(HEADER, &payload(now)));
        compare_one(&verdicts, stricter, &payload(get_current_timestamp()));
    }
}

#[test]
fn every_other_spelling_of_a_good_token_is_refused_by_both() {
    let good = |now| mac_over(HEADER, &changed_claims(now, &[]));
    for respell in [
        &|token: &str| format!("{token}=") as String,
        &|token| format!("{token}\n"),
        &|token| format!(" {token}"),
        &|token| format!("{token}."),
        &|token| format!(".{token}"),
        &|token| token.replace('.', ".."),
        &|token| token.replacen('.', "=.", 1),
        &|token| token.replace('.', " "),
        &|token| token[..token.len() - 1].to_owned(),
        &|token| token[..=token.rfind('.').unwrap_or_default()].to_owned(),
        &|_| String::new(),
        &|_| String::from(".."),
    ] as [&dyn Fn(&str) -> String; 12]
    {
        let verdicts = judge(|now| respell(&good(now)));
        assert!(verdicts.ours.is_err() && verdicts.theirs.is_err(), "{:?}", respell("a.b.c"));
    }
}

#[test]
fn a_token_of_any_size_is_only_refused_by_us() {
    let padding = "x".repeat(17_000);
    let mint = |now| {
        let good = changed_claims(now, &[]);
        mac_over(HEADER, &good.replace("user-1", &padding))
    };
    let reason = "no real token has more than 16 KiB, and work on junk is a way to deny service";
    compare_one(&judge(mint), Some(Stricter { code: "token_too_large", reason }), "a large token");
}

#[test]
fn header_members_that_we_do_not_read_cannot_spoil_a_token() {
    // The one thing that only the oracle refuses: it parses keys and addresses of keys in the
    // header, which RFC 7515, section 4, lets a reader ignore, and which we never look at.
    for member in [r#""jwk":7"#, r#""jku":7"#, r#""x5u":[]"#, r#""x5c":"MIIB""#, r#""cty":7"#] {
        let header = format!(r#"{{"alg":"HS256",{member}}}"#);
        let verdicts = judge(|now| mac_over(&header, &changed_claims(now, &[])));
        assert!(verdicts.ours.is_ok() && verdicts.theirs.is_err(), "{member}");
    }
}

#[test]
fn the_list_gives_a_reason_for_every_difference() {
    let claims = corpus::claims(get_current_timestamp(), LEEWAY);
    let listed = claims.iter().filter_map(|change| change.stricter);
    let headers = corpus::headers();
    let all: Vec<_> = listed.chain(headers.iter().filter_map(|change| change.stricter)).collect();
    assert!(all.iter().all(|stricter| stricter.reason.len() > 20));
    let codes: BTreeSet<_> = all.iter().map(|stricter| stricter.code).collect();
    assert!(codes.len() >= 7, "{codes:?}");
}
