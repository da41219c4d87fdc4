//! Flaws in which source wins: each is a change of what the sound provider gets to see.

use auth_core::Configured;
use auth_core::any::AnyProvider;
use auth_core::config::Texts;

use crate::must_fail;
use crate::sound::{TWINS, Table, changed, flawed};

fn is_blank(table: &Table, name: &str) -> bool {
    table.get(name).is_some_and(|text| text.trim().is_empty())
}

#[tokio::test]
async fn an_alias_that_is_never_read_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let deaf = changed(environment, |table| table.retain(|name, _| name != "SOUND_SKEW"));
        sound.build_with(texts, &deaf)
    });
    must_fail(subject, &["cfg-alias", "cfg-blank-falls-through"]).await;
}

#[tokio::test]
async fn the_last_variable_in_place_of_the_first_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let last = changed(environment, |table| {
            for (first, second) in TWINS {
                if table.contains_key(second) {
                    table.remove(first);
                }
            }
        });
        sound.build_with(texts, &last)
    });
    must_fail(subject, &["cfg-first-variable-wins"]).await;
}

#[tokio::test]
async fn a_blank_variable_that_hides_the_next_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let hidden = changed(environment, |table| {
            for (first, second) in TWINS {
                if is_blank(table, first) {
                    table.remove(second);
                }
            }
        });
        sound.build_with(texts, &hidden)
    });
    must_fail(subject, &["cfg-blank-falls-through"]).await;
}

#[tokio::test]
async fn a_default_in_place_of_a_malformed_value_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let lenient = changed(environment, |table| {
            if table.get("SOUND_RETRIES").is_some_and(|text| text.parse::<u8>().is_err()) {
                table.remove("SOUND_RETRIES");
            }
        });
        sound.build_with(texts, &lenient)
    });
    let expected = [
        "cfg-alias",
        "cfg-default-last",
        "cfg-malformed",
        "cfg-malformed-together",
        "cfg-control-characters",
    ];
    must_fail(subject, &expected).await;
}

#[tokio::test]
async fn a_variable_that_beats_the_application_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let is_set = environment.vars().get("SOUND_DOMAIN").is_ok_and(|text| text.is_some());
        let is_given = texts.names().any(|name| name == "domain");
        let texts = if is_set && is_given { Texts::empty() } else { texts };
        sound.build_with(texts, environment)
    });
    must_fail(subject, &["cfg-builder-first", "cfg-given-blank", "cfg-given-twice"]).await;
}

#[tokio::test]
async fn a_provider_that_does_not_say_where_its_options_came_from_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let built = sound.build_with(texts, environment)?;
        let silent: Configured<AnyProvider> = Configured::new(built.provider().clone(), "sound");
        Ok(silent)
    });
    let expected = [
        "cfg-alias",
        "cfg-first-variable-wins",
        "cfg-blank-falls-through",
        "cfg-default-last",
        "cfg-builder-first",
        "cfg-sources",
        "cfg-secret-file",
    ];
    must_fail(subject, &expected).await;
}
