//! Flaws in what is said of a configuration that is wrong: too much, too little, nothing at all.

use auth_conformance::subject::Registered;
use auth_core::any::AnyProvider;
use auth_core::config::{
    ConfigError, Configure, Descriptor, Environment, Field, Kind, Presence, Texts, Vars,
};
use auth_core::registry::Registration;
use auth_core::{AuthError, Authenticate, Claims, Configured, Request, Token};

use crate::sound::{Table, changed, flawed};
use crate::{asked, case, must_fail};

type Built = Result<Configured<AnyProvider>, ConfigError>;

/// A good value for each required option.
const GOOD: [(&str, &str, &str); 3] = [
    ("domain", "SOUND_DOMAIN", "acme.example"),
    ("audience", "SOUND_AUDIENCE", "api"),
    ("secret", "SOUND_SECRET", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
];

/// Says that everything is missing as soon as anything is wrong.
fn exaggerating(sound: &Registration, texts: Texts, environment: &Environment) -> Built {
    sound
        .build_with(texts, environment)
        .or_else(|_| sound.build(&environment.clone().with_vars(Vars::empty())))
}

/// Says what is wrong with the first option, and nothing of the others.
fn hasty(sound: &Registration, texts: Texts, environment: &Environment) -> Built {
    let error = match sound.build_with(texts.clone(), environment) {
        Err(error) if error.problems().len() > 1 => error,
        built => return built,
    };
    let first = error.problems()[0].field;
    let others = changed(environment, |table| {
        for problem in error.problems().iter().filter(|problem| problem.field != first) {
            let field = sound.descriptor().field(problem.field).unwrap();
            table.retain(|name, _| !field.variables.contains(&name.as_str()));
            if let Some((_, name, text)) = GOOD.iter().find(|(name, ..)| *name == problem.field) {
                table.insert((*name).to_owned(), (*text).to_owned());
            }
        }
    });
    sound.build_with(texts, &others)
}

fn drop_blanks(table: &mut Table, names: &[&str]) {
    table.retain(|name, text| !names.contains(&name.as_str()) || !text.trim().is_empty());
}

#[tokio::test]
async fn an_error_that_names_more_than_is_wrong_is_found() {
    let expected = [
        "cfg-required-missing",
        "cfg-missing-subsets",
        "cfg-blank-is-unset",
        "cfg-optional-blank",
        "cfg-alias",
        "cfg-first-variable-wins",
        "cfg-blank-falls-through",
        "cfg-default-last",
        "cfg-builder-first",
        "cfg-unknown-option",
        "cfg-given-blank",
        "cfg-given-twice",
        "cfg-malformed",
        "cfg-malformed-together",
        "cfg-short-secret",
        "cfg-repeated-secret",
        "cfg-public-key-as-secret",
        "cfg-secret-malformed",
        "cfg-secret-file-both",
        "cfg-secret-file-broken",
    ];
    must_fail(flawed(exaggerating), &expected).await;
}

#[tokio::test]
async fn an_error_that_stops_at_the_first_mistake_is_found() {
    let expected = ["cfg-all-missing-at-once", "cfg-missing-subsets", "cfg-malformed-together"];
    must_fail(flawed(hasty), &expected).await;
}

#[tokio::test]
async fn a_blank_variable_that_is_not_mentioned_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let required = GOOD.map(|(_, variable, _)| variable);
        let silent = changed(environment, |table| drop_blanks(table, &required));
        sound.build_with(texts, &silent)
    });
    must_fail(subject, &["cfg-blank-is-unset"]).await;
}

#[tokio::test]
async fn a_blank_variable_that_leaves_an_option_out_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let lax = changed(environment, |table| drop_blanks(table, &["SOUND_HOME"]));
        sound.build_with(texts, &lax)
    });
    must_fail(subject, &["cfg-optional-blank"]).await;
}

#[tokio::test]
async fn a_missing_option_that_is_made_up_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let error = match sound.build_with(texts.clone(), environment) {
            Err(error) => error,
            built => return built,
        };
        let only = error.problems().iter().map(|it| (it.field, it.code())).collect::<Vec<_>>();
        if only != [("audience", "missing")] {
            return Err(error);
        }
        let guess = |table: &mut Table| drop(table.insert("SOUND_AUDIENCE".into(), "any".into()));
        sound.build_with(texts, &changed(environment, guess))
    });
    must_fail(subject, &["cfg-required-missing", "cfg-blank-is-unset"]).await;
}

#[tokio::test]
async fn white_space_that_becomes_part_of_a_value_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let raw = changed(environment, |table| {
            if let Some(text) = table.get_mut("SOUND_AUDIENCE").filter(|it| it.ends_with('\n')) {
                *text = text.trim_start().replacen('\n', "%0a", 1);
            }
        });
        sound.build_with(texts, &raw)
    });
    must_fail(subject, &["cfg-white-space"]).await;
}

#[tokio::test]
async fn a_panic_on_a_value_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let audience = environment.vars().get("SOUND_AUDIENCE").ok().flatten();
        assert!(!audience.unwrap_or_default().contains('\0'), "a text has no NUL");
        sound.build_with(texts, environment)
    });
    must_fail(subject, &["cfg-control-characters"]).await;
}

/// Its table calls a shared secret harmless, and two options read one variable.
struct Muddled;

const fn option(name: &'static str, variables: &'static [&'static str], kind: Kind) -> Field {
    Field { name, docs: "", variables, presence: Presence::Optional, secret: false, kind }
}

impl Configure for Muddled {
    const DESCRIPTOR: &'static Descriptor = &Descriptor {
        name: "muddled",
        type_name: "Muddled",
        docs: "",
        fields: &[
            option("secret", &["MUDDLED_SECRET"], Kind::HmacSecret),
            option("token", &["MUDDLED_SECRET"], Kind::Text),
        ],
    };

    fn resolve(_: Texts, _: &Environment) -> Result<Configured<Self>, ConfigError> {
        Ok(Configured::new(Self, "muddled"))
    }
}

impl Authenticate for Muddled {
    type User = Claims;

    async fn authenticate(&self, _: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        Err(AuthError::TokenMissing)
    }
}

#[tokio::test]
async fn a_table_of_options_that_contradicts_itself_is_found() {
    let report = asked(Registered::of::<Muddled>()).await;
    let found = "secret is a shared secret, and not marked as one; \
                 MUDDLED_SECRET stands in the table twice";
    assert_eq!(case(&report, "cfg-descriptor-honest").detail.as_deref(), Some(found));
}
