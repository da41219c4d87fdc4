//! Tokens in the making: a good one with some changes to claims, header and spelling.
//!
//! Times are drafted as distances from the second in which the token will be minted, at quarters
//! of a second around every edge.

use proptest::prelude::*;

use super::LEEWAY;
use crate::json::{object, text};
use crate::signer::Signer;
use crate::{AUDIENCE, ISSUER};

/// The claims that both look at, and some that neither does.
const CLAIMS: &[&str] = &["exp", "nbf", "iat", "iss", "aud", "sub", "azp", "jti", "role"];

/// Header members that we look at.
const READ: &[&str] = &["alg", "typ", "kid", "crit", "b64", "zip", "enc"];

/// Header members that only the oracle parses: keys, addresses of keys, and what other protocols
/// put there. RFC 7515, section 4, lets a reader ignore them, and we never look.
const UNREAD: &[&str] =
    &["cty", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "url", "nonce", "unknown"];

/// A token that can be minted at any second.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    claims: Vec<(&'static str, Drafted)>,
    header: Vec<(&'static str, String)>,
    payload: Payload,
    spelling: Spelling,
}

/// What becomes of a claim.
#[derive(Debug, Clone)]
enum Drafted {
    Gone,
    /// Quarters of a second from now.
    Near(i64),
    As(String),
    /// A second member of the same name.
    Repeated(String),
}

/// What stands where the claims belong.
#[derive(Debug, Clone)]
enum Payload {
    Claims,
    /// The oracle reads a list like an object.
    InOrder,
}

/// How the finished token is written.
#[derive(Debug, Clone)]
enum Spelling {
    Plain,
    PutIn(prop::sample::Index, &'static str),
    LeftOut(prop::sample::Index),
}

/// Any draft.
pub(super) fn draft() -> impl Strategy<Value = Draft> {
    let claims = prop::collection::vec((prop::sample::select(CLAIMS), drafted()), 0..4);
    let name = prop_oneof![3 => prop::sample::select(READ), 1 => prop::sample::select(UNREAD)];
    let header = prop_oneof![
        2 => Just(Vec::new()),
        1 => prop::collection::vec((name, member()), 1..3),
    ];
    let payload = prop_oneof![40 => Just(Payload::Claims), 1 => Just(Payload::InOrder)];
    (claims, header, payload, spelling()).prop_map(|(claims, header, payload, spelling)| Draft {
        claims,
        header,
        payload,
        spelling,
    })
}

fn drafted() -> impl Strategy<Value = Drafted> {
    let leeway = i64::try_from(LEEWAY).unwrap() * 4;
    let offset = prop_oneof![-4 - leeway..=4 - leeway, -4_i64..=4, leeway - 4..=leeway + 4];
    prop_oneof![
        1 => Just(Drafted::Gone),
        5 => offset.prop_map(Drafted::Near),
        4 => prop::sample::select(VALUES).prop_map(|value| Drafted::As(value.to_owned())),
        2 => text().prop_map(Drafted::As),
        1 => prop::sample::select(VALUES).prop_map(|value| Drafted::Repeated(value.to_owned())),
    ]
}

/// Values that are right for one claim, and wrong for others.
const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "-1",
    "1e15",
    "1e30",
    "253402300799",
    "253402300800",
    "18446744073709551615",
    "9999999999",
    "\"9999999999\"",
    "[]",
    "{}",
    "\"\"",
    "\"user\"",
    "\"https://issuer.example\"",
    "\"https://issuer.example/\"",
    "[\"https://issuer.example/\"]",
    "\"https://api.example\"",
    "[\"https://api.example\"]",
    "[\"other\",\"https://api.example\"]",
    "[\"https://api.example\",7]",
    "[\"other\"]",
    "{\"a\":1,\"a\":2}",
    "{\"$serde_json::private::RawValue\":\"[]\"}",
];

fn member() -> impl Strategy<Value = String> {
    let odd = &[
        "\"JWT\"",
        "\"at+jwt\"",
        "\"application/at+JWT\"",
        "\"dpop+jwt\"",
        "\"\"",
        "\"a\"",
        "\"none\"",
        "\"HS256\"",
        "\"RS256\"",
        "\"DEF\"",
        "\"A128GCM\"",
        "[\"exp\"]",
        "[\"b64\"]",
        "[]",
        "false",
        "null",
        "7",
        "\"\\u0000\"",
    ];
    prop_oneof![6 => prop::sample::select(&odd[..]).prop_map(str::to_owned), 1 => text()]
}

fn spelling() -> impl Strategy<Value = Spelling> {
    let put_in = prop::sample::select(&["=", ".", " ", "\n", "A", "+", "\u{e9}"][..]);
    let at = any::<prop::sample::Index>();
    prop_oneof![
        12 => Just(Spelling::Plain),
        1 => (at.clone(), put_in).prop_map(|(at, text)| Spelling::PutIn(at, text)),
        1 => at.prop_map(Spelling::LeftOut),
    ]
}

impl Draft {
    /// The token, signed in this second.
    pub(super) fn mint(&self, signer: &Signer, now: u64) -> String {
        let payload = match self.payload {
            Payload::Claims => object(&self.members(now)),
            Payload::InOrder => {
                format!("[{},{now},\"user-1\",{ISSUER:?},{AUDIENCE:?}]", now + 600)
            }
        };
        let token = signer.token(self.header(signer), payload);
        match &self.spelling {
            Spelling::Plain => token,
            Spelling::PutIn(at, text) => {
                let (before, after) = token.split_at(at.index(token.len() + 1));
                format!("{before}{text}{after}")
            }
            Spelling::LeftOut(at) => {
                let (before, after) = token.split_at(at.index(token.len()));
                format!("{before}{}", &after[1..])
            }
        }
    }

    fn members(&self, now: u64) -> Vec<(String, String)> {
        let good = [
            ("iss", format!("{ISSUER:?}")),
            ("aud", format!("{AUDIENCE:?}")),
            ("sub", "\"user-1\"".to_owned()),
            ("iat", now.to_string()),
            ("exp", (now + 600).to_string()),
        ];
        let mut members = Vec::from(good.map(|(name, value)| (format!("{name:?}"), value)));
        for (name, drafted) in &self.claims {
            let name = format!("{name:?}");
            let repeats = matches!(drafted, Drafted::Repeated(_));
            members.retain(|(known, _)| repeats || *known != name);
            match drafted {
                Drafted::Gone => {}
                Drafted::Near(quarters) => members.push((name, near(now, *quarters))),
                Drafted::As(value) | Drafted::Repeated(value) => {
                    members.push((name, value.clone()));
                }
            }
        }
        members
    }

    fn header(&self, signer: &Signer) -> String {
        let own = ("\"alg\"".to_owned(), format!("{:?}", signer.algorithm().name()));
        let more = self.header.iter().map(|(name, value)| (format!("{name:?}"), value.clone()));
        object(&std::iter::once(own).chain(more).collect::<Vec<_>>())
    }

    /// Whether a claim or a header member of that name is not as in a good token.
    pub(super) fn touches(&self, name: &str) -> bool {
        self.claims.iter().any(|(claim, _)| *claim == name)
            || self.header.iter().any(|(member, _)| *member == name)
    }

    /// Whether the oracle reads something of the header that we do not.
    pub(super) fn has_header_we_never_read(&self) -> bool {
        UNREAD.iter().any(|name| self.touches(name))
    }
}

/// A time this many quarters of a second from now, whole where it is.
fn near(now: u64, quarters: i64) -> String {
    let quarters = i64::try_from(now).unwrap() * 4 + quarters;
    let fraction = ["", ".25", ".5", ".75"][usize::try_from(quarters % 4).unwrap()];
    format!("{}{fraction}", quarters / 4)
}
