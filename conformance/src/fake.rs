//! A running vendor: issuer, forge of its tokens, and clock. What a case works with, and anybody's
//! tests.
//!
//! In: a vendor and the provider that trusts it. Out: an [`Environment`] in which the provider takes
//! the fake for its vendor, and tokens for it. Next: `bench`, which puts a subject before it.

use std::sync::Arc;
use std::time::Duration;

use auth_core::Algorithm;
use auth_core::clock::ManualClock;
use auth_core::config::{Environment, Kind, Vars};
use serde_json::{Map, Value, json};

use crate::forge::{Draft, Forge, KeyRing, SigningKey};
use crate::idp::{Issuer, Reply, Start, Vendor, client};
use crate::subject::{KeyShape, Profile, Registered, registered};
use crate::verdict::Stop;

/// The moment at which every fake starts: 2027-01-15T08:00:00Z.
pub const NOW: u64 = 1_800_000_000;

/// A running vendor.
///
/// ```
/// use auth_conformance::idp::auth0::Auth0Fake;
/// use auth_core::{AuthProvider, Gate, Request};
/// use auth_providers::Auth0;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let mut auth0 = Auth0Fake::start().await;
/// let gate = Gate::new(Auth0::builder().build_in(&auth0.environment()).unwrap());
/// let status = async |token: String| {
///     let request = http::Request::get("/").header("authorization", format!("Bearer {token}"));
///     let request = request.body(()).unwrap();
///     gate.decide(&Request::from(&request)).await.denial().map(|denial| denial.code())
/// };
///
/// assert_eq!(status(auth0.good_token()).await, None);
/// assert_eq!(status(auth0.token(|draft| draft.claim("aud", "us"))).await, Some("audience_mismatch"));
/// assert_eq!(auth0.issuer.fetches(), 1);
///
/// auth0.rotate();
/// assert_eq!(status(auth0.good_token()).await, None, "it was announced");
/// # }
/// ```
#[derive(Debug)]
pub struct Fake {
    /// Makes its tokens.
    pub forge: Forge,
    /// Publishes its keys, serves what else it serves, and misbehaves when told.
    pub issuer: Issuer,
    /// Tells the time to whoever trusts it.
    pub clock: Arc<ManualClock>,
    /// What its provider promises.
    pub profile: Profile,
    vendor: Vendor,
    variables: Vars,
}

impl Fake {
    /// Starts the vendor of a provider that registered itself under the vendor's name.
    ///
    /// # Panics
    ///
    /// When there is no such provider (its crate has to be linked: `use auth_providers as _;`), or
    /// when it cannot be built from what the vendor's room says.
    #[expect(clippy::panic, reason = "a test without its provider can only fail, and says why")]
    pub async fn start(vendor: Vendor) -> Self {
        let name = vendor.provider;
        let provider = registered().into_iter().find(|provider| provider.name() == name);
        let provider = provider
            .unwrap_or_else(|| panic!("no provider is called `{name}`: is its crate linked?"));
        match Self::of(&provider.played_by(vendor)).await {
            Ok(fake) => fake,
            Err(stop) => panic!("the fake of `{name}` cannot start: {stop:?}"),
        }
    }

    /// Starts the vendor of any provider.
    ///
    /// # Errors
    ///
    /// [`Stop::Control`] when the provider cannot be built, [`Stop::Unimplemented`] when it has an
    /// option that nobody can fill.
    pub async fn of(provider: &Registered) -> Result<Self, Stop> {
        let profile = provider.profile()?;
        let vendor = provider.vendor;
        let algorithm = profile.algorithm.unwrap_or(Algorithm::RS256);
        let keys = KeyRing::new(algorithm, secret(provider).as_deref());
        let published = (vendor.key_set)(&keys);
        let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
        let issuer = Issuer::start(Start {
            place: profile.key_url.clone().unwrap_or_default(),
            published: document(profile.shape, &vendor, &keys),
            endpoints: vendor.endpoints,
            keys: keys.clone(),
            clock: Arc::clone(&clock),
        });
        let issuer = issuer.await;
        describe(&issuer, &profile);
        let forge = forge(&vendor, &profile, algorithm, keys, published);
        let variables = provider.variables()?;
        Ok(Self { forge, issuer, clock, profile, vendor, variables })
    }

    /// The world in which a provider takes the fake for its vendor: the vendor's variables, a network
    /// in which all names lead to it, and its clock.
    pub fn environment(&self) -> Environment {
        Environment::process()
            .with_vars(self.variables.clone())
            .with_http(client(&self.issuer.front))
            .with_clock(Arc::clone(&self.clock) as _)
    }

    /// A good token.
    pub fn good_token(&self) -> String {
        self.forge.good_token()
    }

    /// A good token, changed before it is signed.
    pub fn token(&self, change: impl FnOnce(Draft) -> Draft) -> String {
        change(self.forge.good()).sign()
    }

    /// Lets time pass.
    pub fn advance(&mut self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        self.forge.now += seconds;
    }

    /// Rotates the keys: the next one signs from now on, and a new next one is published with it.
    /// Whoever knows the old keys looks again when the new one signs, [`Fake::rotate`] once more.
    pub fn rotate(&mut self) {
        let keys = self.forge.keys.rotated(self.forge.algorithm);
        self.forge.published = (self.vendor.key_set)(&keys);
        self.forge.keys = keys;
        self.republish();
    }

    /// Publishes its own keys, as at the start.
    pub fn republish(&self) {
        self.issuer.renew(self.forge.keys.clone(), self.own_keys());
    }

    /// Publishes these keys and no others, in the vendor's shape.
    pub fn publish<'k>(&self, keys: impl IntoIterator<Item = &'k SigningKey>) {
        self.issuer.reply(self.keys(keys));
    }

    /// Its own keys as it publishes them.
    pub fn own_keys(&self) -> Reply {
        document(self.profile.shape, &self.vendor, &self.forge.keys)
    }

    /// These keys as it would publish them: a key set, or a map of certificates.
    pub fn keys<'k>(&self, keys: impl IntoIterator<Item = &'k SigningKey>) -> Reply {
        match self.profile.shape {
            KeyShape::Set => Reply::keys(keys.into_iter().map(SigningKey::jwk)),
            KeyShape::Certificates => certificates(keys),
        }
    }
}

/// The vendor's own keys as it publishes them.
fn document(shape: KeyShape, vendor: &Vendor, keys: &KeyRing) -> Reply {
    match shape {
        KeyShape::Set => Reply::keys((vendor.key_set)(keys)),
        KeyShape::Certificates => certificates([&keys.current, &keys.next]),
    }
}

fn certificates<'k>(keys: impl IntoIterator<Item = &'k SigningKey>) -> Reply {
    let entry = |key: &SigningKey| (key.id().to_owned(), Value::from(key.certificate_pem()));
    let map: Map<String, Value> = keys.into_iter().map(entry).collect();
    Reply::json(200, &Value::Object(map))
}

fn describe(issuer: &Issuer, profile: &Profile) {
    if let (Some(place), Some((host, path))) = (profile.discovery_url.clone(), &profile.key_url) {
        let keys = format!("https://{host}{path}");
        let description = json!({"issuer": profile.issuer, "jwks_uri": keys});
        issuer.describe(place, Reply::json(200, &description));
    }
}

fn forge(
    vendor: &Vendor,
    profile: &Profile,
    algorithm: Algorithm,
    keys: KeyRing,
    published: Vec<Value>,
) -> Forge {
    let member = |(name, value): &(&str, &str)| ((*name).to_owned(), json!(value));
    Forge {
        issuer: profile.issuer.clone(),
        audience: profile.audience.clone(),
        algorithm,
        keys,
        published,
        now: NOW,
        leeway: profile.leeway,
        subject: vendor.subject.to_owned(),
        header: vendor.header.iter().map(member).collect(),
        dialect: (vendor.claims)(),
        required: vendor.required.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// The secret that the subject was given, if one of its options is one.
fn secret(provider: &Registered) -> Option<String> {
    let descriptor = provider.descriptor();
    let option = descriptor.options().find(|field| field.kind == Kind::HmacSecret)?;
    let variables = provider.vendor.variables_for(descriptor).ok()?;
    variables
        .into_iter()
        .find(|(name, _)| option.variables.contains(&name.as_str()))
        .map(|(_, value)| value)
}

/// Names a vendor's fake: a [`Fake`] that starts without further ado.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident, $vendor:expr) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name($crate::fake::Fake);

        impl $name {
            /// Starts it.
            ///
            /// # Panics
            ///
            /// When the crate of its provider is not linked: `use auth_providers as _;`.
            pub async fn start() -> Self {
                Self($crate::fake::Fake::start($vendor).await)
            }
        }

        impl std::ops::Deref for $name {
            type Target = $crate::fake::Fake;

            fn deref(&self) -> &$crate::fake::Fake {
                &self.0
            }
        }

        impl std::ops::DerefMut for $name {
            fn deref_mut(&mut self) -> &mut $crate::fake::Fake {
                &mut self.0
            }
        }
    };
}

pub(crate) use named;
