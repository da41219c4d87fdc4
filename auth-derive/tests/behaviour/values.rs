//! What a field may be: optional, with a default, read by its own parser, of any readable type.

use std::num::ParseIntError;
use std::time::Duration;

use auth_core::AuthProvider;

use crate::{authenticates_nobody, environment, problems};

#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Mode {
    #[default]
    Strict,
    Relaxed,
}

fn mode(text: &str) -> Result<Mode, String> {
    match text {
        "strict" => Ok(Mode::Strict),
        "relaxed" => Ok(Mode::Relaxed),
        _ => Err("strict or relaxed".to_owned()),
    }
}

fn hexadecimal(text: &str) -> Result<u32, ParseIntError> {
    u32::from_str_radix(text, 16)
}

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_ORGANIZATION")]
    organization: Option<String>,
    #[auth(env = "ACME_RETRIES")]
    retries: Option<u8>,
    #[auth(env = "ACME_LEEWAY", default = Duration::from_secs(5))]
    leeway: Duration,
    #[auth(default = "acme")]
    realm: String,
    #[auth(default = vec!["read".to_owned()], env = "ACME_SCOPES")]
    scopes: Vec<String>,
    #[auth(default)]
    limit: u64,
    #[auth(env = "ACME_MODE", parse = mode, default)]
    mode: Mode,
    #[auth(env = "ACME_COLOUR", parse = hexadecimal)]
    colour: Option<u32>,
}

authenticates_nobody!(Acme);

#[test]
fn leaves_an_option_out_and_takes_defaults() {
    let acme = Acme::builder().build_in(&environment([])).unwrap();
    let acme = acme.provider();
    assert_eq!((&acme.organization, acme.retries, acme.colour), (&None, None, None));
    assert_eq!((acme.leeway, acme.limit), (Duration::from_secs(5), 0));
    assert_eq!((acme.realm.as_str(), acme.mode), ("acme", Mode::Strict));
    assert_eq!(acme.scopes, ["read"]);
}

#[test]
fn takes_the_inner_type_of_an_option_from_either_source() {
    let builder = Acme::builder().organization("org_1").colour(7_u32);
    let acme = builder.build_in(&environment([("ACME_RETRIES", "3")])).unwrap();
    assert_eq!(acme.provider().organization.as_deref(), Some("org_1"));
    assert_eq!((acme.provider().retries, acme.provider().colour), (Some(3), Some(7)));
}

#[test]
fn does_not_take_a_blank_option_for_an_absent_one() {
    let error = Acme::builder().build_in(&environment([("ACME_RETRIES", " ")])).unwrap_err();
    assert_eq!(
        problems(&error),
        ["retries  ACME_RETRIES is set, but blank: give a value, or unset it"]
    );
}

#[test]
fn does_not_take_a_malformed_option_for_an_absent_one() {
    let variables = [("ACME_RETRIES", "many"), ("ACME_LEEWAY", "5")];
    let error = Acme::builder().build_in(&environment(variables)).unwrap_err();
    assert_eq!(
        problems(&error),
        [
            "retries  ACME_RETRIES: expected a whole number from 0 to 255, found \"many\"",
            "leeway   ACME_LEEWAY: expected a duration such as 30s, 5m or 1h, found \"5\"",
        ]
    );
}

#[test]
fn reads_a_variable_with_the_parser_of_the_field() {
    let variables = [("ACME_MODE", "relaxed"), ("ACME_COLOUR", "ff"), ("ACME_SCOPES", "a, b")];
    let acme = Acme::builder().build_in(&environment(variables)).unwrap();
    assert_eq!((acme.provider().mode, acme.provider().colour), (Mode::Relaxed, Some(255)));
    assert_eq!(acme.provider().scopes, ["a", "b"]);
}

#[test]
fn reports_what_a_parser_says() {
    let variables = [("ACME_MODE", "lax"), ("ACME_COLOUR", "red")];
    let error = Acme::builder().build_in(&environment(variables)).unwrap_err();
    let [mode, colour] = problems(&error).try_into().unwrap();
    assert!(mode.starts_with("mode    ACME_MODE: ") && mode.contains("strict or relaxed"));
    assert!(colour.starts_with("colour  ACME_COLOUR: ") && colour.contains("invalid digit"));
    assert!(mode.ends_with("found \"lax\"") && colour.ends_with("found \"red\""));
}
