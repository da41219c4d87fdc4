//! Values read from text, variables, and what an error about them says.

use std::path::PathBuf;
use std::time::Duration;

use auth_core::config::{FromEnv, Problem, ValueError, Vars};
use auth_core::{AuthProvider, Domain, Environment, HmacSecret, Secret, Verifier};
use url::Url;

use crate::keys::{Pair, SECRET};

/// What was expected of a text, as a sentence.
fn complaint<T: FromEnv>(text: &str) -> String {
    T::from_env(text).map_or_else(|error| error.to_string(), |_| "nothing".to_owned())
}

#[test]
fn a_boolean_is_one_of_eight_words_in_any_case() {
    for (words, expected) in
        [(["true", "1", "yes", "ON"], true), (["False", "0", "no", "off"], false)]
    {
        for word in words {
            assert_eq!(bool::from_env(word), Ok(expected), "{word}");
        }
    }
    for text in ["maybe", "y", "2", "", "truE "] {
        assert_eq!(complaint::<bool>(text), format!("expected true or false, found {text:?}"));
    }
}

#[test]
fn a_duration_has_a_unit() {
    for (text, milliseconds) in
        [("250ms", 250), ("30s", 30_000), ("5m", 300_000), ("1h", 3_600_000), ("0s", 0)]
    {
        assert_eq!(Duration::from_env(text), Ok(Duration::from_millis(milliseconds)), "{text}");
    }
    for text in [
        "30",
        "s",
        "-1s",
        "1.5h",
        "5 m",
        "5M",
        "1d",
        "99999999999999999999s",
        "18446744073709551615h",
    ] {
        assert_eq!(
            complaint::<Duration>(text),
            format!("expected a duration such as 30s, 5m or 1h, found {text:?}")
        );
    }
}

#[test]
fn a_list_is_separated_by_commas_and_has_no_gaps() {
    let list = |text| Vec::<String>::from_env(text);
    assert_eq!(list("a, b ,c d"), Ok(vec!["a".to_owned(), "b".to_owned(), "c d".to_owned()]));
    for text in ["", ",", "a,,b", "a,", ", a"] {
        assert_eq!(
            complaint::<Vec<String>>(text),
            format!("expected texts separated by single commas, found {text:?}")
        );
    }
}

#[test]
fn numbers_urls_and_paths_are_read_whole() {
    assert_eq!(u16::from_env("65535"), Ok(65535));
    assert_eq!(
        complaint::<u16>("65536"),
        r#"expected a whole number from 0 to 65535, found "65536""#
    );
    assert_eq!(Url::from_env("https://a.example").unwrap().as_str(), "https://a.example/");
    assert!(complaint::<Url>("a.example").starts_with("expected an absolute URL such as "));
    assert_eq!(PathBuf::from_env("keys/a b"), Ok(PathBuf::from("keys/a b")));
}

#[test]
fn what_was_found_is_quoted_up_to_a_length() {
    let error = bool::from_env(&"x".repeat(10_000)).unwrap_err();
    assert_eq!(error.expected(), "true or false");
    assert!(error.to_string().len() < 150);
}

#[test]
fn a_domain_is_a_bare_host_name_in_lower_case() {
    let label = "a".repeat(63);
    for text in ["acme.example", "localhost", "xn--bcher-kva.example", "1.2.3.4", &label] {
        assert_eq!(Domain::parse(text).unwrap().as_str(), text);
    }
    assert_eq!(Domain::parse("ACME.Example").unwrap().to_string(), "acme.example");
    let (long_label, long) = ("a".repeat(64), "a.".repeat(127) + "a");
    for text in [
        "",
        ".",
        "a..b",
        ".a",
        "a.",
        "-a.b",
        "a-.b",
        "a_b",
        "a b",
        "a.b:443",
        "a.b/",
        "a.b?c",
        "a.b#c",
        "user@a.b",
        "a.b\\c",
        "a%2eb",
        "https://a.b",
        "[::1]",
        "bücher.example",
        "a\n.b",
        &long_label,
        &long,
    ] {
        let complaint = Domain::parse(text).unwrap_err().to_string();
        let expected =
            "expected a bare host name such as acme.example.com, without scheme, port or path";
        assert!(complaint.starts_with(expected), "{text:?}");
    }
}

#[test]
fn a_domain_makes_addresses_at_its_host_only() {
    let domain = Domain::parse("acme.example").unwrap();
    for path in ["", "/", "/keys", "@evil.example/", ".evil.example/", "//evil.example/"] {
        let url = Url::parse(&domain.url(path)).unwrap();
        assert_eq!((url.scheme(), url.host_str()), ("https", Some("acme.example")), "{path}");
    }
}

#[test]
fn a_shared_secret_has_at_least_32_bytes() {
    assert!(HmacSecret::parse(&SECRET[..32]).is_ok());
    for length in [0, 1, 31] {
        let error = HmacSecret::parse(&SECRET[..length]).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "expected at least 32 bytes of secret, found {length}: make one with `openssl \
                 rand -base64 48`"
            )
        );
    }
}

#[test]
fn a_public_key_is_no_shared_secret() {
    let pair = Pair::ours(auth_core::Algorithm::RS256);
    let jwk = pair.jwk(auth_core::Algorithm::RS256, "current").to_string();
    let der = pem::parse(pair.pem()).unwrap().into_contents();
    let p256 = Pair::ours(auth_core::Algorithm::ES256);
    let p256 = pem::parse(p256.pem()).unwrap().into_contents();
    for bytes in [
        pair.pem().as_bytes(),
        format!("\n  {}", pair.pem()).as_bytes(),
        format!("\u{feff}{}", pair.pem()).as_bytes(),
        jwk.as_bytes(),
        format!("{{\"keys\":[{jwk}]}}").as_bytes(),
        b"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7",
        &der,
        &p256,
    ] {
        let error = HmacSecret::from_bytes(bytes).unwrap_err();
        assert!(error.expected().starts_with("a shared secret, found a public key"), "{error}");
    }
}

#[test]
fn a_public_key_is_found_also_in_base64_and_behind_other_text() {
    let pem = Pair::ours(auth_core::Algorithm::RS256).pem().to_owned();
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    for text in [base64, format!("key: {pem}")] {
        let error = HmacSecret::from_bytes(text.as_bytes()).unwrap_err();
        assert!(error.expected().starts_with("a shared secret, found a public key"), "{error}");
    }
    // Random bytes may begin as a key does.
    let random = [&[0x30, 0x82, 0xff, 0xff], SECRET.as_bytes()].concat();
    assert!(HmacSecret::from_bytes(&random).is_ok());
}

#[test]
fn white_space_around_a_secret_is_an_accident() {
    for text in [format!("{SECRET}\n"), format!(" {SECRET}"), format!("{SECRET}\r\n")] {
        let error = HmacSecret::parse(&text).unwrap_err();
        assert!(error.expected().starts_with("a secret without white space around it"), "{error}");
    }
}

#[test]
fn one_byte_over_and_over_is_no_secret() {
    let error = HmacSecret::parse(&"x".repeat(64)).unwrap_err();
    assert_eq!(error.to_string(), "expected random bytes, found one byte repeated");
}

#[test]
fn no_complaint_repeats_a_secret() {
    let errors: [ValueError; 3] = [
        HmacSecret::parse("hunter2").unwrap_err(),
        HmacSecret::from_env("hunter2").unwrap_err(),
        Secret::<Odd>::from_env("hunter2").unwrap_err(),
    ];
    for error in errors {
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}

/// A type whose complaint quotes what it found.
#[derive(Debug)]
struct Odd;

impl zeroize::Zeroize for Odd {
    fn zeroize(&mut self) {}
}

impl FromEnv for Odd {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        Err(ValueError::new("something odd").found(text))
    }
}

#[test]
fn secrets_never_print() {
    let secret: Secret<String> = SECRET.to_owned().into();
    assert_eq!(
        (format!("{secret:?}"), secret.expose().as_str()),
        ("[redacted]".to_owned(), SECRET)
    );
    assert_eq!(format!("{:#?}", HmacSecret::parse(SECRET)), "Ok(\n    [redacted],\n)");
    let vars = Vars::from([("ACME_SECRET", SECRET)]);
    assert_eq!(format!("{vars:?}"), r#"{"ACME_SECRET"}"#);
}

#[test]
fn a_variable_that_does_not_exist_is_none() {
    assert_eq!(Vars::empty().get("PATH"), Ok(None));
    assert_eq!(Vars::from([("A", "")]).get("A"), Ok(Some(String::new())));
    assert_eq!(Vars::from([("A", "1")]).get("a"), Ok(None));
    assert_eq!(Vars::process().get("AUTH_CORE_TESTS_NEVER_SET_THIS"), Ok(None));
}

/// A provider with one option of each kind of presence.
#[derive(AuthProvider)]
#[auth(name = "acme", register = false)]
struct Acme {
    #[auth(env = "ACME_DOMAIN")]
    domain: Domain,
    #[auth(env = "ACME_AUDIENCE")]
    audience: String,
    #[auth(env = "ACME_SECRET")]
    signing_secret: HmacSecret,
    #[auth(env = "ACME_STRICT", default = true)]
    strict: bool,
    #[auth(verify = Verifier::hmac(signing_secret).issuer(domain.url("/")).audience(audience))]
    verifier: Verifier,
}

#[test]
fn a_configuration_error_names_everything_that_is_wrong_and_no_secret() {
    let vars = [("ACME_AUDIENCE", "  "), ("ACME_STRICT", "maybe"), ("ACME_SECRET", "hunter2")];
    let environment = Environment::process().with_vars(Vars::from(vars));
    let error = Acme::builder().public(["health"]).build_in(&environment).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme` is not configured:\n  \
         public          the pattern \"health\" has to begin with a slash\n  \
         domain          is required: call `.domain(..)` or set ACME_DOMAIN\n  \
         audience        is required: call `.audience(..)` or set ACME_AUDIENCE (it is set, but \
         blank)\n  \
         signing_secret  ACME_SECRET: expected at least 32 bytes of secret, found 7: make one with \
         `openssl rand -base64 48`\n  \
         strict          ACME_STRICT: expected true or false, found \"maybe\""
    );
    let codes: Vec<_> = error.problems().iter().map(Problem::code).collect();
    assert_eq!(codes, ["invalid", "missing", "missing", "malformed", "malformed"]);
    assert_eq!(error.provider(), "acme");
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn a_provider_prints_its_options_and_no_secret() {
    let vars = [("ACME_DOMAIN", "acme.example"), ("ACME_AUDIENCE", "api"), ("ACME_SECRET", SECRET)];
    let environment = Environment::process().with_vars(Vars::from(vars));
    let acme = Acme::builder().build_in(&environment).unwrap();
    let printed = format!("{:?} {acme:?}", acme.provider());
    assert!(printed.contains("acme.example") && !printed.contains(SECRET), "{printed}");
    assert!(acme.provider().strict);
    assert_eq!(acme.verifier().unwrap().issuers(), ["https://acme.example/"]);
}
