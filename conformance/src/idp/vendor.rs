//! What there is to say about a vendor: its tokens, its keys, and what else it serves.
//!
//! In: the name of a provider. Out: the [`Vendor`] of that name, which `fake` brings to life. A
//! subject without one gets plain tokens and a plain key set, and values made up from the kinds of
//! its options: that is enough for most.

use auth_core::config::{Descriptor, Field, Kind, Presence};
use serde_json::{Map, Value};

use super::endpoint::Endpoint;
use super::{
    auth0, clerk, cloudflare_access, cognito, composite, entra, firebase, github_actions,
    google_iap, google_id_token, jwt, keycloak, kubernetes, oidc, okta, static_tokens, supabase,
    workos,
};
use crate::forge::{KeyRing, SUBJECT};

/// A vendor, as the harness plays it. A room writes what differs from [`Vendor::PLAIN`]:
///
/// ```
/// use auth_conformance::idp::Vendor;
///
/// const VENDOR: Vendor = Vendor {
///     provider: "acme",
///     variables: &[("ACME_DOMAIN", "login.acme.example")],
///     header: &[("typ", "at+jwt")],
///     subject: "user_01HZX",
///     ..Vendor::PLAIN
/// };
/// assert_eq!(VENDOR.endpoints.len(), 0);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Vendor {
    /// The provider's name.
    pub provider: &'static str,
    /// Variables to set besides what is required, and instead of made-up values.
    pub variables: &'static [(&'static str, &'static str)],
    /// Variables whose values are made when the harness runs, such as private keys.
    pub made: fn() -> Vec<(&'static str, &'static str)>,
    /// What its tokens are.
    pub tokens: Tokens,
    /// Header members of its tokens besides `alg` and `kid`, or instead of `typ` `JWT`.
    pub header: &'static [(&'static str, &'static str)],
    /// `sub` of its good tokens.
    pub subject: &'static str,
    /// Claims of its tokens besides the registered ones.
    pub claims: fn() -> Map<String, Value>,
    /// Those of them that a good token cannot do without.
    pub required: &'static [&'static str],
    /// Its key set, where it publishes one; a map of certificates follows from the keys alone.
    pub key_set: fn(&KeyRing) -> Vec<Value>,
    /// Members of its description of itself besides `issuer` and `jwks_uri`, where it has one.
    pub description: &'static [(&'static str, &'static str)],
    /// Cases that its own checklist contradicts, each with what that says instead. What is refused
    /// there has to be shown by a case of the vendor's.
    pub stricter: &'static [(&'static str, &'static str)],
    /// What else it serves.
    pub endpoints: &'static [Endpoint],
}

/// What a vendor's tokens are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tokens {
    /// JWTs, which the harness makes.
    Jwts,
    /// Texts that mean nothing by themselves: cases about JWTs do not apply.
    Opaque,
}

/// The vendors that have a room.
const ROOMS: &[Vendor] = &[
    auth0::VENDOR,
    clerk::VENDOR,
    cloudflare_access::VENDOR,
    cognito::VENDOR,
    composite::VENDOR,
    entra::VENDOR,
    firebase::VENDOR,
    github_actions::VENDOR,
    google_iap::VENDOR,
    google_id_token::VENDOR,
    jwt::VENDOR,
    keycloak::VENDOR,
    kubernetes::VENDOR,
    oidc::VENDOR,
    okta::VENDOR,
    static_tokens::VENDOR,
    supabase::VENDOR,
    workos::CONNECT,
    workos::FGA,
    workos::VENDOR,
];

/// The current key and the next.
pub fn plain_key_set(keys: &KeyRing) -> Vec<Value> {
    vec![keys.current.jwk(), keys.next.jwk()]
}

/// The same, each with `alg` `RS256`.
pub fn labelled_key_set(keys: &KeyRing) -> Vec<Value> {
    let labelled = plain_key_set(keys).into_iter().map(|mut jwk| {
        jwk["alg"] = Value::from("RS256");
        jwk
    });
    labelled.collect()
}

impl Vendor {
    /// Anybody: plain tokens of `user-1`, the current key and the next, and nothing else.
    pub const PLAIN: Self = Self {
        provider: "",
        variables: &[],
        made: Vec::new,
        tokens: Tokens::Jwts,
        header: &[],
        subject: SUBJECT,
        claims: Map::new,
        required: &[],
        key_set: plain_key_set,
        description: &[],
        stricter: &[],
        endpoints: &[],
    };

    /// The vendor whose provider has this name.
    pub fn of(provider: &str) -> Self {
        ROOMS.iter().find(|vendor| vendor.provider == provider).copied().unwrap_or(Self::PLAIN)
    }

    /// The endpoints that are asked for every new good token.
    pub fn upstreams(&self) -> impl Iterator<Item = &'static Endpoint> + use<> {
        self.endpoints.iter().filter(|endpoint| endpoint.is_asked)
    }

    /// The values of those of its variables that are secret.
    pub fn secrets(&self, descriptor: &Descriptor) -> Vec<&'static str> {
        let is_secret = |name: &str| {
            descriptor.options().any(|field| field.secret && field.variables.contains(&name))
        };
        let known = self.all_variables().filter(|(name, _)| is_secret(name));
        known.map(|(_, value)| value).collect()
    }

    /// A value for every variable that a subject needs: the vendor's own, or one made up from
    /// what its text looks like. The error names an option that nobody can fill.
    pub fn variables_for(&self, descriptor: &Descriptor) -> Result<Vec<(String, String)>, String> {
        let mut variables: Vec<(String, String)> = Vec::new();
        for field in descriptor.options() {
            match (self.own(field), field.variables.first()) {
                (Some((name, value)), _) => variables.push((name.into(), value.into())),
                (None, Some(name)) if field.presence == Presence::Required => {
                    variables.push(((*name).into(), made_up(descriptor, field)));
                }
                (None, None) if field.presence == Presence::Required => {
                    return Err(format!("no variable can fill the option `{}`", field.name));
                }
                _ => {}
            }
        }
        Ok(variables)
    }

    /// A value for one option, needed or not: the vendor's own, or one made up.
    pub fn value_for(&self, descriptor: &Descriptor, field: &Field) -> String {
        self.own(field).map_or_else(|| made_up(descriptor, field), |(_, value)| value.to_owned())
    }

    fn own(&self, field: &Field) -> Option<(&'static str, &'static str)> {
        self.all_variables().find(|(name, _)| field.variables.contains(name))
    }

    fn all_variables(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        self.variables.iter().copied().chain((self.made)())
    }
}

/// A value of the right kind. A secret is one that is found again wherever it is printed.
fn made_up(descriptor: &Descriptor, field: &Field) -> String {
    let (provider, name) = (descriptor.name, field.name.replace('_', "-"));
    match field.kind {
        Kind::Boolean => "false".to_owned(),
        Kind::Number => "1".to_owned(),
        Kind::Duration => "30s".to_owned(),
        Kind::Domain => format!("{name}.{provider}.example"),
        Kind::Url if field.secret => format!("https://{provider}.example/{}", planted(&name)),
        Kind::Url => format!("https://{name}.{provider}.example/"),
        Kind::Path => format!("/nonexistent/{provider}/{name}"),
        _ if field.secret || field.kind == Kind::HmacSecret => planted(&name),
        _ => format!("made-up-{provider}-{name}"),
    }
}

/// 80 characters that stand in no other text, others for each name.
fn planted(name: &str) -> String {
    // FNV-1a: the same on every machine and in every run.
    let hash = |seed: u64| {
        name.bytes()
            .fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    let part = |round: u64| format!("{:016x}", hash(0xcbf2_9ce4_8422_2325 + round));
    [0, 1, 2, 3, 4].map(part).concat()
}
