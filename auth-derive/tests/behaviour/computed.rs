//! Fields that are computed, and the rule across fields: what they see, and where their errors go.

use std::num::ParseIntError;

use auth_core::{AuthProvider, Domain, Verifier};

use crate::{authenticates_nobody, environment, problems};

#[derive(AuthProvider)]
#[auth(name = "acme", check = Self::check)]
struct Acme {
    #[auth(env = "ACME_DOMAIN")]
    domain: Domain,
    #[auth(env = "ACME_PORT", default = "443")]
    port: String,
    path: Option<String>,
    #[auth(init = port.parse::<u16>()?)]
    number: u16,
    #[auth(init = format!("{}:{number}{}", domain, path.as_deref().unwrap_or(Self::ROOT)))]
    address: String,
    #[auth(init = environment.vars().get("ACME_REGION").ok().flatten())]
    region: Option<String>,
}

impl Acme {
    const ROOT: &str = "/";

    fn check(&self) -> Result<(), String> {
        if self.number == 80 && self.region.is_none() {
            return Err("port 80 needs a region".to_owned());
        }
        Ok(())
    }
}

authenticates_nobody!(Acme);

#[test]
fn computes_from_options_earlier_fields_and_the_environment() {
    let variables = environment([("ACME_DOMAIN", "acme.example"), ("ACME_REGION", "eu")]);
    let acme = Acme::builder().port("8443").build_in(&variables).unwrap();
    assert_eq!(acme.provider().address, "acme.example:8443/");
    assert_eq!(acme.provider().region.as_deref(), Some("eu"));
}

#[test]
fn reports_what_a_question_mark_returned() {
    let builder = Acme::builder().domain("acme.example").port("many");
    let error = builder.build_in(&environment([])).unwrap_err();
    let reason = "many".parse::<u16>().map_err(|error: ParseIntError| error.to_string());
    assert_eq!(problems(&error), [format!("number  {}", reason.unwrap_err())]);
}

#[test]
fn computes_nothing_from_half_the_options() {
    let error = Acme::builder().port("many").build_in(&environment([])).unwrap_err();
    assert_eq!(problems(&error), ["domain  is required: call `.domain(..)` or set ACME_DOMAIN"]);
}

#[test]
fn reports_a_rule_across_fields() {
    let builder = Acme::builder().domain("acme.example").port("80");
    let error = builder.build_in(&environment([])).unwrap_err();
    assert_eq!(problems(&error), ["port 80 needs a region"]);

    let builder = Acme::builder().domain("acme.example").port("80");
    assert!(builder.build_in(&environment([("ACME_REGION", "eu")])).is_ok());
}

#[derive(AuthProvider)]
#[auth(name = "verifying", check = check)]
struct Verifying {
    url: String,
    #[auth(verify = Verifier::remote(trimmed(url)?).issuer("https://acme.example/"))]
    verifier: Verifier,
}

fn trimmed(url: &str) -> Result<&str, &'static str> {
    url.strip_suffix(';').ok_or("the URL has to end with a semicolon")
}

fn check(verifying: &Verifying) -> Result<(), &'static str> {
    if verifying.url.len() > 80 { Err("the URL is long") } else { Ok(()) }
}

#[test]
fn reports_what_is_wrong_with_a_verifier() {
    let builder = Verifying::builder().url("https://acme.example/keys;");
    let error = builder.build_in(&environment([])).unwrap_err();
    let problems = problems(&error);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("verifier  "), "{problems:?}");
    assert!(problems[0].contains("audience"), "{problems:?}");
}

#[test]
fn lets_a_question_mark_leave_the_expression_of_a_verifier() {
    let builder = Verifying::builder().url("https://acme.example/keys");
    let error = builder.build_in(&environment([])).unwrap_err();
    assert_eq!(problems(&error), ["verifier  the URL has to end with a semicolon"]);
}
