//! Options by name from text: which of them count, and what is said of those that do not.

use std::time::Duration;

use auth_core::config::{Environment, Problem, Texts, Vars};
use auth_core::{AuthProvider, ConfigError, Domain, HmacSecret, Verifier};

use crate::keys::SECRET;

#[derive(AuthProvider)]
#[auth(name = "acme", register = false)]
struct Acme {
    #[auth(env = "ACME_DOMAIN")]
    domain: Domain,
    #[auth(env = ["ACME_AUDIENCE", "AUDIENCE"])]
    audience: Option<String>,
    #[auth(env = "ACME_SECRET")]
    signing_secret: HmacSecret,
    #[auth(env = "ACME_LEEWAY", default = Duration::from_secs(5))]
    leeway: Duration,
    /// Only its setter can take it.
    #[auth(default)]
    limit: u8,
    #[auth(verify = Verifier::hmac(signing_secret).issuer(domain.url("/")).audience("api"))]
    verifier: Verifier,
}

fn environment() -> Environment {
    let vars =
        [("ACME_DOMAIN", "vars.example"), ("ACME_SECRET", SECRET), ("ACME_AUDIENCE", "vars")];
    Environment::process().with_vars(Vars::from(vars))
}

fn refused(builder: AcmeBuilder) -> ConfigError {
    builder.build_in(&environment()).unwrap_err()
}

fn lines(error: &ConfigError) -> Vec<String> {
    error.problems().iter().map(Problem::to_string).collect()
}

#[test]
fn a_text_ranks_before_every_variable() {
    let builder = Acme::builder().set("domain", "Text.example").set("leeway", "1m30s");
    let acme = builder.build_in(&environment()).unwrap();
    assert_eq!(acme.provider().domain.as_str(), "text.example");
    assert_eq!(acme.provider().leeway, Duration::from_secs(90));
    assert_eq!(acme.provider().audience.as_deref(), Some("vars"));
}

#[test]
fn a_text_is_read_without_the_white_space_around_it() {
    let acme = Acme::builder().set("audience", " api\n").build_in(&environment()).unwrap();
    assert_eq!(acme.provider().audience.as_deref(), Some("api"));
}

#[test]
fn texts_come_from_a_table_as_well() {
    let texts: Texts = [("domain".to_owned(), "text.example".to_owned())].into_iter().collect();
    let acme = Acme::from_texts(texts, &environment()).unwrap();
    assert_eq!(acme.provider().domain.as_str(), "text.example");
    let error = Acme::from_texts([("domain", "https://x")], &environment()).unwrap_err();
    assert_eq!(error.problems()[0].code(), "malformed");
}

#[test]
#[cfg(feature = "registry")]
fn a_registered_provider_takes_texts_as_well() {
    let acme = auth_core::registry::Registration::of::<Acme>();
    let built = acme.build_with([("domain", "text.example")], &environment()).unwrap();
    assert_eq!(built.verifier().unwrap().issuers(), ["https://text.example/"]);
    assert_eq!(built.sources()[0].to_string(), "domain (builder)");
    let error = acme.build_with([("domian", "x")], &environment()).unwrap_err();
    assert_eq!(error.problems()[0].code(), "unknown");
}

#[test]
fn an_unknown_name_is_reported_with_the_nearest_and_all_there_are() {
    let options = "The options are domain, audience, signing_secret, leeway, limit";
    for (name, instead) in [
        ("domian", ": did you mean \"domain\"?"),
        ("DOMAIN", ": did you mean \"domain\"?"),
        ("signing-secret", ": did you mean \"signing_secret\"?"),
        ("tenant", "."),
        ("", "."),
    ] {
        let error = refused(Acme::builder().set(name, SECRET));
        assert_eq!(lines(&error), [format!("set {name:?} is no option{instead} {options}")]);
        assert_eq!(error.problems()[0].code(), "unknown");
        assert!(!format!("{error:?}").contains(SECRET));
    }
}

#[test]
fn an_endless_name_is_cut() {
    let error = refused(Acme::builder().set("\n".repeat(100_000), "x"));
    assert!(error.to_string().len() < 400, "{}", error.to_string().len());
    assert_eq!(error.to_string().lines().count(), 2);
}

#[test]
fn a_computed_field_is_no_option() {
    let error = refused(Acme::builder().set("verifier", "x"));
    assert_eq!(lines(&error), ["verifier is computed, not an option: leave it out"]);
    assert_eq!(error.problems()[0].code(), "computed");
}

#[test]
fn an_option_without_a_text_form_says_so() {
    let error = refused(Acme::builder().set("limit", "5"));
    assert_eq!(lines(&error), ["limit cannot be read from a text: call `.limit(..)` instead"]);
    assert_eq!(error.problems()[0].code(), "no_text");
}

#[test]
fn a_blank_text_is_a_mistake_even_where_a_variable_or_default_stands_in() {
    for text in ["", " \t\n"] {
        let builder = Acme::builder().set("domain", text).set("audience", text).set("leeway", text);
        let error = refused(builder);
        let blank = "is set by name, but blank: give a value, or leave it out";
        let expected = ["domain", "audience", "leeway"].map(|name| format!("{name} {blank}"));
        assert_eq!(lines(&error), expected);
        assert!(error.problems().iter().all(|problem| problem.code() == "blank"));
    }
}

#[test]
fn an_option_that_is_given_twice_is_refused_whichever_way() {
    let domain = || Domain::parse("setter.example").unwrap();
    for builder in [
        Acme::builder().domain(domain()).set("domain", "text.example"),
        Acme::builder().set("domain", "text.example").domain(domain()),
        Acme::builder().set("domain", "a.example").set("domain", "b.example"),
        Acme::builder().set("domain", "").domain("no host"),
    ] {
        let error = refused(builder);
        assert_eq!(
            lines(&error),
            ["domain is given twice: call `.domain(..)` or `.set(\"domain\", ..)`, once"]
        );
        assert_eq!(error.problems()[0].code(), "twice");
    }
}

#[test]
fn a_malformed_text_is_quoted_unless_it_is_a_secret() {
    let builder = Acme::builder().set("domain", "no host").set("signing_secret", "hunter2");
    assert!(!format!("{builder:?}").contains("hunter2"));
    let error = refused(builder.set("leeway", "soon"));
    assert_eq!(
        lines(&error),
        [
            "domain expected a bare host name such as acme.example.com, without scheme, port or \
             path, found \"no host\"",
            "signing_secret expected at least 32 bytes of secret, found 7: make one with `openssl \
             rand -base64 48`",
            "leeway expected a duration such as 30s, 5m or 1h, found \"soon\"",
        ]
    );
    assert!(error.problems().iter().all(|problem| problem.code() == "malformed"));
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn everything_that_is_wrong_with_texts_joins_one_report() {
    let builder =
        Acme::builder().set("domian", "x").set("verifier", "x").set("leeway", "").name("");
    let fields: Vec<_> = refused(builder).problems().iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["name", "set", "verifier", "leeway"]);
}

#[test]
fn a_builder_prints_which_options_were_given_by_name() {
    let builder = Acme::builder().set("signing_secret", SECRET).domain("acme.example");
    assert_eq!(
        format!("{builder:?}"),
        "AcmeBuilder { domain: given, audience: not given, signing_secret: given, leeway: not \
         given, limit: not given }"
    );
    assert_eq!(format!("{:?}", Texts::from([("signing_secret", SECRET)])), "{\"signing_secret\"}");
}
