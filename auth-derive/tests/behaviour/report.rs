//! What an error says: everything that is wrong, nothing that is not, in one text.

use auth_core::config::Problem;
use auth_core::{AuthProvider, Domain, Secret};

use crate::{authenticates_nobody, environment, problems};

#[derive(AuthProvider)]
#[auth(name = "workos")]
struct WorkOs {
    #[auth(env = "WORKOS_API_KEY")]
    api_key: Secret<String>,
    #[auth(env = "WORKOS_CLIENT_ID")]
    client_id: String,
    #[auth(env = "WORKOS_FETCH_MEMBERSHIPS", default = true)]
    fetch_memberships: bool,
    #[auth(env = ["WORKOS_DOMAIN", "WORKOS_HOST"], default = production())]
    domain: Domain,
}

#[derive(AuthProvider)]
#[auth(name = "aliases")]
struct Aliases {
    /// Only the builder can give it.
    audience: String,
    #[auth(env = ["ALIASES_DOMAIN", "DOMAIN", "HOST"])]
    domain: String,
}

fn production() -> Domain {
    Domain::parse("api.workos.com").unwrap()
}

authenticates_nobody!(WorkOs, Aliases);

#[test]
fn names_everything_that_is_wrong_at_once() {
    let variables = [("WORKOS_CLIENT_ID", "  "), ("WORKOS_FETCH_MEMBERSHIPS", "maybe")];
    let error = WorkOs::builder().build_in(&environment(variables)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`workos` is not configured:\n  \
         api_key            is required: call `.api_key(..)` or set WORKOS_API_KEY\n  \
         client_id          is required: call `.client_id(..)` or set WORKOS_CLIENT_ID \
         (it is set, but blank)\n  \
         fetch_memberships  WORKOS_FETCH_MEMBERSHIPS: expected true or false, found \"maybe\""
    );
    let codes: Vec<_> = error.problems().iter().map(Problem::code).collect();
    assert_eq!(codes, ["missing", "missing", "malformed"]);
}

#[test]
fn names_only_what_is_wrong() {
    let builder = WorkOs::builder().api_key("sk_1");
    let error = builder.build_in(&environment([])).unwrap_err();
    assert_eq!(
        problems(&error),
        ["client_id  is required: call `.client_id(..)` or set WORKOS_CLIENT_ID"]
    );
}

#[test]
fn names_every_variable_of_a_field() {
    let error = Aliases::builder().build_in(&environment([])).unwrap_err();
    assert_eq!(
        problems(&error),
        [
            "audience  is required: call `.audience(..)`",
            "domain    is required: call `.domain(..)` or set ALIASES_DOMAIN or DOMAIN or HOST",
        ]
    );
}

#[test]
fn says_which_variables_are_set_but_blank() {
    let one = environment([("DOMAIN", "")]);
    let error = Aliases::builder().audience("api").build_in(&one).unwrap_err();
    assert!(problems(&error)[0].ends_with("or HOST (DOMAIN is set, but blank)"));

    let two = environment([("DOMAIN", ""), ("HOST", " ")]);
    let error = Aliases::builder().audience("api").build_in(&two).unwrap_err();
    assert!(problems(&error)[0].ends_with("or HOST (DOMAIN and HOST are set, but blank)"));
}

#[test]
fn does_not_pass_over_a_malformed_variable() {
    let variables = [("WORKOS_DOMAIN", "https://acme.example"), ("WORKOS_HOST", "acme.example")];
    let builder = WorkOs::builder().api_key("sk_1").client_id("client_1");
    let error = builder.build_in(&environment(variables)).unwrap_err();
    assert_eq!(
        problems(&error),
        ["domain  WORKOS_DOMAIN: expected a bare host name such as acme.example.com, without \
          scheme, port or path, found \"https://acme.example\""]
    );
}

#[test]
fn keeps_a_setters_mistake_for_the_report() {
    let builder = WorkOs::builder().domain("not a host").api_key("sk_1");
    let error = builder.build_in(&environment([])).unwrap_err();
    assert_eq!(
        problems(&error),
        [
            "client_id  is required: call `.client_id(..)` or set WORKOS_CLIENT_ID",
            "domain     expected a bare host name such as acme.example.com, without scheme, port \
             or path, found \"not a host\"",
        ]
    );
}

#[test]
fn reports_the_same_through_the_trait() {
    use auth_core::Configure;
    use auth_core::config::Texts;

    let empty = environment([]);
    let error = WorkOs::resolve(Texts::empty(), &empty).unwrap_err();
    assert_eq!(error, WorkOs::builder().build_in(&empty).unwrap_err());
    assert_eq!(error, <WorkOs as AuthProvider>::from_environment(&empty).unwrap_err());
}
