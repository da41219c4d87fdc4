//! Options by name from text: what `.set(..)` reads them with, in structs of every shape.

use auth_core::config::{FromEnv, Origin, Source, Texts};
use auth_core::{AuthError, AuthProvider, Authenticate, Configure, Request, Secret, Token};

use crate::{Nobody, authenticates_nobody, environment, problems};

fn shout(text: &str) -> Result<String, String> {
    if text == "quiet" { Err("not quiet".to_owned()) } else { Ok(text.to_uppercase()) }
}

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_TYPE", parse = shout)]
    r#type: String,
    #[auth(env = ["ACME_KEY", "KEY"])]
    api_key: Option<Secret<String>>,
    #[auth(env = "ACME_SCOPES", default = vec![])]
    scopes: Vec<u16>,
    #[auth(env = "ACME_CODE", secret, parse = shout)]
    code: Option<String>,
    realm: Option<String>,
    #[auth(init = r#type.len())]
    length: usize,
}

#[derive(AuthProvider)]
#[auth(name = "generic", register = false)]
struct Generic<R: FromEnv + Send + Sync + 'static> {
    #[auth(env = "GENERIC_RANK", secret)]
    rank: R,
}

impl<R: FromEnv + Send + Sync> Authenticate for Generic<R> {
    type User = Nobody;

    async fn authenticate(&self, _: &Token<'_>, _: &Request<'_>) -> Result<Nobody, AuthError> {
        Ok(Nobody)
    }
}

authenticates_nobody!(Acme);

#[test]
fn reads_a_text_with_the_fields_own_parser() {
    let builder = Acme::builder().set("type", "a").set("api_key", "key").set("scopes", "1, 2");
    let acme = builder.build_in(&environment([("ACME_TYPE", "b"), ("KEY", "c")])).unwrap();
    let Acme { r#type, api_key, scopes, length, .. } = acme.provider();
    assert_eq!((r#type.as_str(), scopes.as_slice(), *length), ("A", [1, 2].as_slice(), 1));
    assert_eq!(api_key.as_ref().unwrap().expose(), "key");
    let sources: Vec<_> = acme.sources().iter().map(Origin::source).collect();
    let (builder, absent) = (&Source::Builder, &Source::Absent);
    assert_eq!(sources, [builder, builder, builder, absent, absent]);
}

#[test]
fn reports_what_cannot_be_set_by_name_in_one_go() {
    let builder = Acme::builder().set("typ", "a").set("type", "quiet").set("length", "1");
    let builder = builder.set("realm", "x").set("scopes", "1,x,-2").set("code", "quiet");
    let error = builder.build_in(&environment([])).unwrap_err();
    assert_eq!(
        problems(&error),
        [
            "set     \"typ\" is no option: did you mean \"type\"? The options are type, \
             api_key, scopes, code, realm",
            "length  is computed, not an option: leave it out",
            "type    expected another value: not quiet, found \"quiet\"",
            "scopes  entry 2: expected a whole number from 0 to 65535, found \"x\"; entry 3: \
             expected a whole number from 0 to 65535, found \"-2\"",
            "code    expected another form of value (not shown: a secret)",
            "realm   cannot be read from a text: call `.realm(..)` instead",
        ]
    );
}

#[test]
fn takes_texts_through_the_trait_as_through_the_builder() {
    let variables = environment([("ACME_TYPE", "b")]);
    let texts = Texts::from([("scopes", "x"), ("code", "quiet")]);
    let error = Acme::resolve(texts.clone(), &variables).unwrap_err();
    let builder = Acme::builder().set("scopes", "x").set("code", "quiet");
    assert_eq!(error, builder.build_in(&variables).unwrap_err());
    assert_eq!(error, Acme::from_texts(texts, &variables).unwrap_err());
}

#[test]
fn sets_an_option_of_a_generic_type_and_never_prints_it() {
    let variables = environment([("GENERIC_RANK", "8")]);
    let generic = Generic::<u8>::builder().set("rank", "7").build_in(&variables).unwrap();
    assert_eq!(generic.provider().rank, 7);
    assert_eq!(generic.sources()[0].to_string(), "rank (builder)");
    let error = Generic::<u8>::builder().set("rank", "hunter2").build_in(&variables).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    assert_eq!(error.problems()[0].code(), "malformed");
}

#[test]
fn reads_the_file_of_whatever_the_derive_or_the_type_calls_a_secret() {
    let of = |name| Acme::DESCRIPTOR.field(name).unwrap().file_variables();
    assert_eq!(of("api_key"), ["ACME_KEY_FILE", "KEY_FILE"]);
    assert_eq!(of("code"), ["ACME_CODE_FILE"]);
    assert_eq!((of("type"), of("realm")), (vec![], vec![]));
    let variables = environment([("ACME_TYPE", "b"), ("ACME_CODE_FILE", "/no/such/file")]);
    let error = Acme::from_environment(&variables).unwrap_err();
    assert_eq!(
        problems(&error),
        ["code  ACME_CODE_FILE: the file \"/no/such/file\" does not exist"]
    );
}
