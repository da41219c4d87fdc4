//! Errors and descriptors as data: exact texts of JSON that others may rely on.

use auth_core::config::{Environment, Vars};
use auth_core::{AuthProvider, Configure, HmacSecret, Verifier};

#[derive(AuthProvider)]
#[auth(name = "acme", register = false)]
struct Acme {
    /// Secret.
    #[auth(env = "ACME_SECRET")]
    signing_secret: HmacSecret,
    #[auth(env = ["ACME_AUDIENCE", "AUDIENCE"])]
    audience: String,
    #[auth(env = "ACME_REALM")]
    realm: Option<String>,
    #[auth(env = "ACME_STRICT", default = true)]
    strict: bool,
    #[auth(verify = Verifier::hmac(signing_secret).issuer("acme").audience(audience))]
    verifier: Verifier,
}

#[test]
fn an_error_has_a_stable_shape_and_holds_no_secret() {
    let vars = [
        ("ACME_SECRET", "hunter2"),
        ("AUDIENCE", ""),
        ("ACME_REALM", " "),
        ("ACME_STRICT", "\"maybe\""),
    ];
    let environment = Environment::process().with_vars(Vars::from(vars));
    let error = Acme::builder().public(["x"]).build_in(&environment).unwrap_err();
    let json = serde_json::to_string(&error).unwrap();
    let expected = [
        r#"{"provider":"acme","problems":["#,
        r#"{"field":"public","code":"invalid","variables":[],"blank":[],"#,
        r#""message":"the pattern \"x\" has to begin with a slash"},"#,
        r#"{"field":"signing_secret","code":"malformed","variables":["ACME_SECRET"],"blank":[],"#,
        r#""message":"ACME_SECRET: expected at least 32 bytes of secret, found 7: make one with "#,
        r#"`openssl rand -base64 48`"},"#,
        r#"{"field":"audience","code":"missing","variables":["ACME_AUDIENCE","AUDIENCE"],"#,
        r#""blank":["AUDIENCE"],"message":"is required: call `.audience(..)` or set "#,
        r#"ACME_AUDIENCE or AUDIENCE (AUDIENCE is set, but blank)"},"#,
        r#"{"field":"realm","code":"blank","variables":["ACME_REALM"],"blank":["ACME_REALM"],"#,
        r#""message":"ACME_REALM is set, but blank: give a value, or unset it"},"#,
        r#"{"field":"strict","code":"malformed","variables":["ACME_STRICT"],"blank":[],"#,
        r#""message":"ACME_STRICT: expected true or false, found \"\\\"maybe\\\"\""}]}"#,
    ];
    assert_eq!(json, expected.concat());
}

#[test]
fn problems_with_texts_and_files_have_the_same_shape() {
    let vars = [("ACME_SECRET", "hunter2"), ("ACME_SECRET_FILE", "/nowhere")];
    let environment = Environment::process().with_vars(Vars::from(vars));
    let builder = Acme::builder().set("strikt", "x").set("verifier", "x").set("audience", "");
    let error = builder.build_in(&environment).unwrap_err();
    let json = serde_json::to_value(&error).unwrap();
    let shapes: Vec<_> = json["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            let text = |key: &str| problem[key].as_str().unwrap().to_owned();
            format!(
                "{} {} {} {}",
                text("field"),
                text("code"),
                problem["variables"],
                problem["blank"]
            )
        })
        .collect();
    assert_eq!(
        shapes,
        [
            "set unknown [] []",
            "verifier computed [] []",
            r#"signing_secret twice ["ACME_SECRET","ACME_SECRET_FILE"] []"#,
            "audience blank [] []",
        ]
    );
    assert!(!json.to_string().contains("hunter2"));
}

#[test]
fn one_problem_is_data_as_well() {
    let environment = Environment::process().with_vars(Vars::from([("SECRET", "")]));
    let error = Acme::builder().audience("api").build_in(&environment).unwrap_err();
    assert_eq!(
        serde_json::to_string(&error.problems()[0]).unwrap(),
        "{\"field\":\"signing_secret\",\"code\":\"missing\",\"variables\":[\"ACME_SECRET\"],\
         \"blank\":[],\"message\":\"is required: call `.signing_secret(..)` or set ACME_SECRET\"}"
    );
}

#[test]
fn a_descriptor_serializes_in_snake_case() {
    let json = serde_json::to_value(Acme::DESCRIPTOR).unwrap();
    assert_eq!(
        json["fields"][0].to_string(),
        r#"{"docs":"Secret.","kind":"hmac_secret","name":"signing_secret","presence":"required","secret":true,"variables":["ACME_SECRET"]}"#
    );
    let presences: Vec<_> = json["fields"].as_array().unwrap().iter().collect();
    let presences: Vec<_> = presences.iter().map(|field| field["presence"].to_string()).collect();
    assert_eq!(
        presences,
        [
            r#""required""#,
            r#""required""#,
            r#""optional""#,
            r#"{"default":"true"}"#,
            r#""computed""#
        ]
    );
    assert_eq!((json["name"].as_str(), json["type_name"].as_str()), (Some("acme"), Some("Acme")));
}
