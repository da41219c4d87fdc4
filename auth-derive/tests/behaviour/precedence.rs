//! Which of several values wins: the builder's, the first variable's, the next one's, the default.

use auth_core::AuthProvider;

use crate::{authenticates_nobody, environment};

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = ["ACME_AUDIENCE", "AUDIENCE"], default = "default")]
    audience: String,
}

authenticates_nobody!(Acme);

fn audience<const N: usize>(builder: AcmeBuilder, variables: [(&str, &str); N]) -> String {
    let acme = builder.build_in(&environment(variables)).unwrap();
    acme.provider().audience.clone()
}

#[test]
fn prefers_the_builder_to_every_variable() {
    let builder = Acme::builder().audience("builder");
    assert_eq!(audience(builder, [("ACME_AUDIENCE", "first"), ("AUDIENCE", "second")]), "builder");
}

#[test]
fn prefers_the_first_variable_to_the_second() {
    let variables = [("AUDIENCE", "second"), ("ACME_AUDIENCE", "first")];
    assert_eq!(audience(Acme::builder(), variables), "first");
}

#[test]
fn takes_the_second_variable_where_the_first_is_not_set() {
    assert_eq!(audience(Acme::builder(), [("AUDIENCE", "second")]), "second");
}

#[test]
fn takes_the_second_variable_where_the_first_is_blank() {
    let variables = [("ACME_AUDIENCE", " \t"), ("AUDIENCE", "second")];
    assert_eq!(audience(Acme::builder(), variables), "second");
}

#[test]
fn prefers_any_variable_to_the_default() {
    assert_eq!(audience(Acme::builder(), [("AUDIENCE", "second")]), "second");
    assert_eq!(audience(Acme::builder(), [("AUDIENCE", "")]), "default");
    assert_eq!(audience(Acme::builder(), []), "default");
}

#[test]
fn trims_the_text_of_a_variable() {
    assert_eq!(audience(Acme::builder(), [("AUDIENCE", " second\n")]), "second");
}
