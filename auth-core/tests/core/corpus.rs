//! The corpus of the differential test: single changes to a good token, each with what we, and we
//! alone, refuse it for.
//!
//! Where a change names a [`Stricter`], `jsonwebtoken` accepts the token and we do not; this is the
//! whole list of such differences, with their reasons. Everything else both decide alike.

use serde_json::{Value, json};

/// A good token with one change.
pub(crate) struct Change<T> {
    /// The claim or header member.
    pub(crate) member: &'static str,
    pub(crate) value: T,
    pub(crate) stricter: Option<Stricter>,
}

/// The code under which we alone refuse something, and why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stricter {
    pub(crate) code: &'static str,
    pub(crate) reason: &'static str,
}

const fn stricter(code: &'static str, reason: &'static str) -> Stricter {
    Stricter { code, reason }
}

const AT_ITS_SECOND: Option<Stricter> =
    Some(stricter("expired", "RFC 7519, 4.1.4: refused on or after the time, not only after it"));
const ROUNDED_UP: Option<Stricter> =
    Some(stricter("expired", "a fraction of a second is compared, not rounded"));
const ROUNDED_DOWN: Option<Stricter> =
    Some(stricter("not_yet_valid", "a fraction of a second is compared, not rounded"));
const TOO_FAR: Option<Stricter> = Some(stricter(
    "claim_malformed",
    "a time after the year 9999 is no time, and sums with it wrap",
));
const TOO_EARLY: Option<Stricter> =
    Some(stricter("issued_in_the_future", "a token from the future is from a clock that is wrong"));
const NO_TIME: Option<Stricter> =
    Some(stricter("claim_malformed", "RFC 7519, 4.1.6: `iat` has to be a number"));
const NO_ISSUER: Option<Stricter> =
    Some(stricter("claim_malformed", "RFC 7519, 4.1.1: `iss` is one text, not a list"));
const NO_SUBJECT: Option<Stricter> = Some(stricter(
    "claim_malformed",
    "RFC 7519, 4.1.2: `sub` is a text, and it becomes a user's id",
));
const NO_PARTY: Option<Stricter> =
    Some(stricter("claim_malformed", "OpenID Connect Core, section 2: `azp` is a text"));

/// What a claim can be changed to; `None` takes it away.
type Claim = Change<Option<Value>>;

fn each(
    member: &'static str,
    changes: impl IntoIterator<Item = (Value, Option<Stricter>)>,
) -> impl Iterator<Item = Claim> {
    let to = move |(value, stricter)| Change { member, value: Some(value), stricter };
    let gone = Change { member, value: None, stricter: None };
    changes.into_iter().map(to).chain([gone])
}

/// Every change of a claim, at this second, for verifiers with this leeway.
pub(crate) fn claims(now: u64, leeway: u64) -> Vec<Claim> {
    let mut all: Vec<_> = expiries(now, leeway).collect();
    all.extend(not_befores(now, leeway));
    all.extend(each("iat", issue_times(now, leeway)));
    all.extend(each("iss", issuers()));
    all.extend(each("aud", audiences()));
    all.extend(each("sub", subjects()));
    all.extend(each(
        "azp",
        [(json!("party"), None), (json!(7), NO_PARTY), (json!(null), NO_PARTY)],
    ));
    all.extend(each("role", [(json!({"a": [1, 2.5, null, "x"]}), None), (json!(null), None)]));
    all
}

fn expiries(now: u64, leeway: u64) -> impl Iterator<Item = Claim> {
    let edge = now - leeway;
    let changes = [
        (json!(now + 1), None),
        (json!(now), None),
        (json!(edge + 1), None),
        (json!(edge), AT_ITS_SECOND),
        (json!(edge - 1), None),
        (fraction(edge, 0.75), None),
        (fraction(edge, -0.25), ROUNDED_UP),
        (fraction(edge, -0.75), None),
        (json!(0), None),
        (json!(-1), None),
        (json!(253_402_300_799_u64), None),
        (json!(253_402_300_800_u64), TOO_FAR),
        (json!(1e15), TOO_FAR),
        (json!(u64::MAX), TOO_FAR),
        (json!(1e30), None),
        (json!((now + 600).to_string()), None),
        (json!(true), None),
        (json!([now + 600]), None),
        (json!(null), None),
    ];
    each("exp", changes)
}

fn not_befores(now: u64, leeway: u64) -> impl Iterator<Item = Claim> {
    let edge = now + leeway;
    let changes = [
        (json!(0), None),
        (json!(now), None),
        (json!(edge), None),
        (json!(edge + 1), None),
        (fraction(edge, 0.25), ROUNDED_DOWN),
        (fraction(edge, 0.75), None),
        (fraction(edge, -0.5), None),
        (json!(-1), None),
        (json!(-0.5), None),
        (json!(1e30), None),
        (json!(u64::MAX), None),
        (json!(now.to_string()), None),
        (json!([]), None),
        (json!({}), None),
        (json!(null), None),
    ];
    each("nbf", changes)
}

fn issue_times(now: u64, leeway: u64) -> [(Value, Option<Stricter>); 11] {
    [
        (json!(0), None),
        (json!(now + leeway), None),
        (json!(now + leeway + 1), TOO_EARLY),
        (fraction(now + leeway, 0.25), TOO_EARLY),
        (json!(now + 1_000_000), TOO_EARLY),
        (json!(-1), NO_TIME),
        (json!(u64::MAX), TOO_FAR),
        (json!(now.to_string()), NO_TIME),
        (json!(true), NO_TIME),
        (json!({}), NO_TIME),
        (json!(null), NO_TIME),
    ]
}

fn issuers() -> [(Value, Option<Stricter>); 10] {
    [
        (json!(crate::ISSUER.trim_end_matches('/')), None),
        (json!(crate::ISSUER.to_uppercase()), None),
        (json!(format!("{} ", crate::ISSUER)), None),
        (json!(""), None),
        (json!([crate::ISSUER]), NO_ISSUER),
        (json!([crate::ISSUER, "https://evil.example/"]), NO_ISSUER),
        (json!([]), None),
        (json!(7), None),
        (json!({"iss": crate::ISSUER}), None),
        (json!(null), None),
    ]
}

fn audiences() -> [(Value, Option<Stricter>); 11] {
    [
        (json!([crate::AUDIENCE]), None),
        (json!(["other", crate::AUDIENCE, crate::AUDIENCE]), None),
        (json!(["other"]), None),
        (json!("other"), None),
        (json!(format!("{} other", crate::AUDIENCE)), None),
        (json!(""), None),
        (json!([]), None),
        (json!([crate::AUDIENCE, 7]), None),
        (json!(7), None),
        (json!({"aud": crate::AUDIENCE}), None),
        (json!(null), None),
    ]
}

fn subjects() -> [(Value, Option<Stricter>); 7] {
    [
        (json!("user-2"), None),
        (json!("\u{0}é\u{1f980}"), None),
        (json!(""), NO_SUBJECT),
        (json!(7), NO_SUBJECT),
        (json!(true), NO_SUBJECT),
        (json!(1.5), NO_SUBJECT),
        (json!(null), NO_SUBJECT),
    ]
}

/// A time between seconds, exactly: it has a power of two below the point.
fn fraction(seconds: u64, offset: f64) -> Value {
    let seconds = u32::try_from(seconds).map(f64::from);
    json!(seconds.expect("the year 2106 is far away") + offset)
}

const NOT_UNDERSTOOD: Option<Stricter> =
    Some(stricter("critical_header", "RFC 7515, 4.1.11: who does not understand `crit` refuses"));
const TRANSFORMED: Option<Stricter> =
    Some(stricter("header_malformed", "the payload is said to be something else than base64url"));
const OTHER_TYPE: Option<Stricter> = Some(stricter(
    "type_not_allowed",
    "RFC 8725, 3.11: a token of another type is for another use",
));
const NO_TEXT: Option<Stricter> =
    Some(stricter("header_malformed", "RFC 7515, 4.1: a member that is null is not absent"));
const NO_KEY_ID: Option<Stricter> =
    Some(stricter("key_id_malformed", "a key id of no use, kept out of logs and of the key cache"));
const REPEATED: Option<Stricter> =
    Some(stricter("header_malformed", "RFC 7515, 4: member names are unique, also unknown ones"));
const TOO_MANY: Option<Stricter> =
    Some(stricter("header_malformed", "no real header has 33 members"));

/// Every change of the header, written behind `{"alg":"HS256"` as it stands.
pub(crate) fn headers() -> Vec<Change<String>> {
    let many = (0..33).fold(String::new(), |members, n| members + &format!(r#","x{n}":0"#));
    let long = format!(r#","kid":"{}""#, "k".repeat(257));
    let changes = [
        ("typ", r#","typ":"JWT""#, None),
        ("typ", r#","typ":"application/at+jwt""#, None),
        ("typ", r#","typ":"logout+jwt""#, OTHER_TYPE),
        ("typ", r#","typ":"""#, OTHER_TYPE),
        ("typ", r#","typ":7"#, None),
        ("typ", r#","typ":null"#, NO_TEXT),
        ("kid", r#","kid":"current""#, None),
        ("kid", r#","kid":"../../etc/passwd' OR 1=1 --""#, None),
        ("kid", r#","kid":"""#, NO_KEY_ID),
        ("kid", r#","kid":"a\u0000b""#, NO_KEY_ID),
        ("kid", r#","kid":7"#, None),
        ("kid", r#","kid":null"#, NO_TEXT),
        ("kid", &long, NO_KEY_ID),
        ("crit", r#","crit":["exp"]"#, NOT_UNDERSTOOD),
        ("crit", r#","crit":["b64"],"b64":false"#, NOT_UNDERSTOOD),
        ("crit", r#","crit":[]"#, NOT_UNDERSTOOD),
        ("crit", r#","crit":null"#, NOT_UNDERSTOOD),
        ("crit", r#","crit":7"#, None),
        ("b64", r#","b64":false"#, TRANSFORMED),
        ("zip", r#","zip":"DEF""#, TRANSFORMED),
        ("enc", r#","enc":"A128GCM""#, TRANSFORMED),
        ("alg", r#","alg":"HS256""#, None),
        ("alg", r#","alg":"none""#, None),
        ("kid", r#","kid":"a","kid":"b""#, None),
        ("x", r#","x":1,"x":2"#, REPEATED),
        ("x", r#","x":1,"\u0078":2"#, REPEATED),
        ("x", r#","x":{"y":[1,{}]}"#, None),
        ("x", &many, TOO_MANY),
        ("jku", r#","jku":"https://evil.example/keys""#, None),
        ("x5u", r#","x5u":"https://evil.example/cert""#, None),
        ("x5c", r#","x5c":["MIIB"]"#, None),
    ];
    let to = |(member, text, stricter)| Change { member, value: String::from(text), stricter };
    changes.into_iter().map(to).collect()
}
