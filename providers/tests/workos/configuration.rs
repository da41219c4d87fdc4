//! What can be configured, and what cannot.

use std::time::Duration;

use auth_core::Environment;
use auth_core::config::Vars;
use auth_core::jwt::KeySource;
use auth_providers::{FgaRule, WorkOs, WorkOsFga};

const OURS: &str = "client_ours";

fn nothing() -> Environment {
    Environment::process().with_vars(Vars::empty())
}

#[test]
fn both_forms_of_the_issuer_are_trusted_and_the_custom_domains_too() {
    let plain = WorkOs::builder().api_key("sk_1").client_id(OURS).build_in(&nothing()).unwrap();
    let forms = ["https://api.workos.com", "https://api.workos.com/user_management/client_ours"];
    assert_eq!(plain.verifier().unwrap().issuers(), forms);

    let custom =
        WorkOs::builder().api_key("sk_1").client_id(OURS).api_hostname("auth.acme.example");
    let custom = custom.build_in(&nothing()).unwrap();
    let verifier = custom.verifier().unwrap();
    let own =
        ["https://auth.acme.example", "https://auth.acme.example/user_management/client_ours"];
    assert_eq!(verifier.issuers(), [own, forms].concat());
    let KeySource::Remote(keys) = verifier.key_source() else { panic!("keys are fetched") };
    assert_eq!(keys.as_str(), "https://auth.acme.example/sso/jwks/client_ours");
}

#[test]
fn a_list_of_issuers_replaces_the_default_and_names_no_other_client() {
    let with = |list: &[&str]| {
        let list: Vec<String> = list.iter().map(|it| (*it).to_owned()).collect();
        WorkOs::builder().api_key("sk_1").client_id(OURS).issuers(list).build_in(&nothing())
    };
    let own = ["https://a.example", "https://a.example/user_management/client_ours"];
    assert_eq!(with(&own).unwrap().verifier().unwrap().issuers(), own);
    for other in [
        "https://api.workos.com/user_management/client_other",
        "https://api.workos.com/user_management/other",
        "https://api.workos.com/sso/other",
        "https://api.workos.com/convex/client_other",
        "https://a.example/client_other",
    ] {
        let error = with(&[own[0], other]).unwrap_err().to_string();
        assert!(error.contains("another client's issuer") && error.contains(other), "{error}");
    }
}

#[test]
fn a_client_id_and_a_key_are_one_word_and_the_key_is_not_printed() {
    let vars = [("WORKOS_API_KEY", "sk_1 sk_hidden"), ("WORKOS_CLIENT_ID", "client_1/../2")];
    let environment = Environment::process().with_vars(Vars::from(vars));
    let error = WorkOs::builder().build_in(&environment).unwrap_err().to_string();
    assert!(error.contains("api_key") && error.contains("WORKOS_API_KEY"), "{error}");
    assert!(error.contains("a client id such as client_01HXYZ"), "{error}");
    assert!(!error.contains("sk_hidden"), "{error}");

    let given = WorkOs::builder().api_key("sk_1\nsk_hidden").client_id(OURS).build_in(&nothing());
    let error = given.unwrap_err().to_string();
    assert!(error.contains("not visible ASCII") && !error.contains("sk_hidden"), "{error}");
}

#[test]
fn nothing_is_kept_for_more_than_five_minutes() {
    let kept = |seconds| {
        let workos = WorkOs::builder().api_key("sk_1").client_id(OURS);
        workos.kept_for(Duration::from_secs(seconds)).build_in(&nothing())
    };
    assert!(kept(0).is_ok() && kept(300).is_ok());
    let error = kept(301).unwrap_err().to_string();
    assert!(error.contains("kept_for is more than 5 minutes"), "{error}");

    let rule = FgaRule::parse("* / a:read a/1").unwrap();
    let fga = WorkOsFga::builder().api_key("sk_1").client_id(OURS).rules(vec![rule]);
    let fga = fga.permissions_kept_for(Duration::from_secs(301)).build_in(&nothing());
    let error = fga.unwrap_err().to_string();
    assert!(error.contains("permissions_kept_for is more than 5 minutes"), "{error}");
}

#[test]
fn the_redirect_address_is_kept_for_the_application() {
    let workos = WorkOs::builder().api_key("sk_1").client_id(OURS);
    let workos = workos.set("redirect_uri", "https://acme.example/callback");
    let workos = workos.build_in(&nothing()).unwrap();
    let address = workos.provider().redirect_uri().map(url::Url::as_str);
    assert_eq!(address, Some("https://acme.example/callback"));
}

#[test]
fn a_table_of_rules_is_read_and_each_wrong_line_is_named() {
    let vars = [
        ("WORKOS_API_KEY", "sk_1"),
        ("WORKOS_CLIENT_ID", OURS),
        ("WORKOS_FGA_RULES", "GET /a a:read a/1, GET a a:read a/1, GET /a/:id a:read a/:key"),
        ("WORKOS_FGA_INTERFACE", "other"),
    ];
    let environment = Environment::process().with_vars(Vars::from(vars));
    let error = WorkOsFga::builder().build_in(&environment).unwrap_err().to_string();
    assert!(error.contains("entry 2: expected four words"), "{error}");
    assert!(error.contains("entry 3: expected four words"), "{error}");
    assert!(!error.contains("entry 1"), "{error}");
    assert!(error.contains("expected authorization or warrants, found \"other\""), "{error}");

    let empty = WorkOsFga::builder().api_key("sk_1").client_id(OURS).rules(Vec::new());
    let error = empty.kept_for(Duration::ZERO).build_in(&nothing()).unwrap_err().to_string();
    assert!(error.contains("the table of rules is empty"), "{error}");
}

#[test]
fn a_rule_is_about_whole_segments_and_names_each_of_them_once() {
    for wrong in [
        "",
        "GET /a a:read",
        "GET /a a:read a",
        "GET /a a:read /1",
        "GET /a a:read a/1 more",
        "get /a a:read a/1",
        "GET| /a a:read a/1",
        "GET /a//b a:read a/1",
        "GET /a/* a:read a/1",
        "GET /a/%41 a:read a/1",
        "GET /:id/:id a:read a/:id",
        "GET /a a:read a/:id",
        "GET /a/: a:read a/1",
    ] {
        assert!(FgaRule::parse(wrong).is_err(), "{wrong:?}");
    }
}
