//! What is secret never comes out: not in `Debug`, not in an error.

use std::fmt::Debug;

use auth_core::config::{FromEnv, ValueError};
use auth_core::{AuthProvider, Secret};

use crate::{authenticates_nobody, environment};

const SENTINEL: &str = "hunter2-sentinel";

/// A type that prints itself and says that it is a secret.
#[derive(Debug, Clone, PartialEq)]
struct Pin(String);

impl FromEnv for Pin {
    const SECRET: bool = true;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        if text.len() > 32 {
            return Err(ValueError::new("a short pin").found(text));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<&str> for Pin {
    type Error = String;

    fn try_from(text: &str) -> Result<Self, String> {
        Err(format!("{text} is no pin"))
    }
}

fn refuse(text: &str) -> Result<String, String> {
    Err(format!("{text} is refused"))
}

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_KEY")]
    api_key: Secret<String>,
    #[auth(env = "ACME_CODE", secret)]
    code: Option<String>,
    #[auth(env = "ACME_PIN")]
    pin: Option<Pin>,
    #[auth(env = "ACME_PHRASE", parse = refuse, secret)]
    phrase: Option<String>,
    #[auth(init = format!("derived from {}", api_key.expose()), secret)]
    derived: String,
    #[auth(default = "https://acme.example/token", secret = false)]
    token_url: String,
}

authenticates_nobody!(Acme);

fn assert_hides(shown: &impl Debug) {
    let (plain, pretty) = (format!("{shown:?}"), format!("{shown:#?}"));
    assert!(!plain.contains(SENTINEL) && !pretty.contains(SENTINEL), "{plain}");
}

#[test]
fn prints_no_secret_of_a_provider() {
    let variables =
        environment([("ACME_KEY", SENTINEL), ("ACME_CODE", SENTINEL), ("ACME_PIN", SENTINEL)]);
    let acme = Acme::builder().build_in(&variables).unwrap();
    assert_hides(&acme);
    assert_eq!(
        format!("{:?}", acme.provider()),
        "Acme { api_key: [redacted], code: [redacted], pin: [redacted], phrase: [redacted], \
         derived: [redacted], token_url: \"https://acme.example/token\" }"
    );
    assert_eq!(acme.provider().pin, Some(Pin(SENTINEL.to_owned())));
}

#[test]
fn prints_of_a_builder_only_what_was_set() {
    let builder = Acme::builder().api_key(SENTINEL).code(SENTINEL).token_url("/token");
    assert_hides(&builder);
    assert_eq!(
        format!("{builder:?}"),
        "AcmeBuilder { api_key: given, code: given, pin: not given, phrase: not given, \
         token_url: given }"
    );
}

#[test]
fn puts_no_malformed_secret_into_an_error() {
    let pin = SENTINEL.repeat(3);
    let variables = environment([("ACME_PIN", &*pin), ("ACME_PHRASE", SENTINEL)]);
    let error = Acme::builder().api_key("key").build_in(&variables).unwrap_err();
    assert_hides(&error);
    assert!(!error.to_string().contains(SENTINEL), "{error}");
    assert!(error.to_string().contains("ACME_PIN: expected a short pin"), "{error}");
    assert_eq!(error.problems().len(), 2);
}

#[test]
fn puts_no_refused_secret_of_a_setter_into_an_error() {
    let builder = Acme::builder().api_key("key").pin(SENTINEL);
    assert_hides(&builder);
    let error = builder.build_in(&environment([])).unwrap_err();
    assert_hides(&error);
    assert!(!error.to_string().contains(SENTINEL), "{error}");
}

#[test]
fn lets_the_descriptor_say_what_is_secret() {
    use auth_core::Configure;

    let secrets: Vec<_> = Acme::DESCRIPTOR
        .fields
        .iter()
        .filter(|field| field.secret)
        .map(|field| field.name)
        .collect();
    assert_eq!(secrets, ["api_key", "code", "pin", "phrase", "derived"]);
}
