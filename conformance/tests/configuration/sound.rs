//! A provider with an option of every kind and of every presence. Nothing is wrong with it: `flaws`
//! break it in one way each.

use std::path::PathBuf;
use std::time::Duration;

use auth_conformance::subject::{Build, Registered};
use auth_core::config::{Secret, Vars};
use auth_core::{AuthProvider, Domain, Environment, HmacSecret, Verifier};
use reqwest::Url;

/// Takes tokens signed with a shared secret.
#[derive(AuthProvider)]
#[auth(name = "sound", register = false)]
pub(crate) struct Sound {
    #[auth(env = ["SOUND_DOMAIN", "SOUND_HOST"])]
    domain: Domain,
    #[auth(env = ["SOUND_AUDIENCE", "SOUND_API"])]
    audience: String,
    #[auth(env = ["SOUND_SECRET", "SOUND_KEY"])]
    secret: HmacSecret,
    #[auth(env = ["SOUND_API_KEY", "SOUND_TOKEN"])]
    api_key: Option<Secret<String>>,
    #[auth(env = ["SOUND_LEEWAY", "SOUND_SKEW"], default = Duration::from_secs(5))]
    leeway: Duration,
    #[auth(env = "SOUND_RETRIES", default = 3)]
    retries: u8,
    #[auth(env = "SOUND_STRICT", default = true)]
    strict: bool,
    #[auth(env = "SOUND_HOME")]
    home: Option<Url>,
    #[auth(env = "SOUND_SCOPES")]
    scopes: Option<Vec<String>>,
    #[auth(env = "SOUND_CACHE")]
    cache: Option<PathBuf>,
    #[auth(verify = Verifier::hmac(secret)
        .issuer(domain.url("/"))
        .audience(audience)
        .leeway(*leeway))]
    verifier: Verifier,
}

/// The variables of an environment, as far as a provider might ask for them.
pub(crate) type Table = std::collections::BTreeMap<String, String>;

/// The sound provider, built in another way.
pub(crate) fn flawed(build: Build) -> Registered {
    Registered::of::<Sound>().built_by(build)
}

/// The same environment after a change of its variables.
pub(crate) fn changed(environment: &Environment, change: impl FnOnce(&mut Table)) -> Environment {
    let named = ALL
        .iter()
        .flat_map(|name| [(*name).to_owned(), name.to_ascii_lowercase(), format!("{name}_FILE")]);
    let read = |name: String| environment.vars().get(&name).ok().flatten().map(|text| (name, text));
    let mut table: Table = named.filter_map(read).collect();
    change(&mut table);
    environment.clone().with_vars(table.into_iter().collect::<Vars>())
}

/// The first and the second variable of the options that have two.
pub(crate) const TWINS: [(&str, &str); 5] = [
    ("SOUND_DOMAIN", "SOUND_HOST"),
    ("SOUND_AUDIENCE", "SOUND_API"),
    ("SOUND_SECRET", "SOUND_KEY"),
    ("SOUND_API_KEY", "SOUND_TOKEN"),
    ("SOUND_LEEWAY", "SOUND_SKEW"),
];

const ALL: [&str; 15] = [
    "SOUND_DOMAIN",
    "SOUND_HOST",
    "SOUND_AUDIENCE",
    "SOUND_API",
    "SOUND_SECRET",
    "SOUND_KEY",
    "SOUND_API_KEY",
    "SOUND_TOKEN",
    "SOUND_LEEWAY",
    "SOUND_SKEW",
    "SOUND_RETRIES",
    "SOUND_STRICT",
    "SOUND_HOME",
    "SOUND_SCOPES",
    "SOUND_CACHE",
];
