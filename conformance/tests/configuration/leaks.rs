//! Flaws in how secrets are kept: each prints one, takes one that is none, or reads its file wrongly.

use auth_conformance::subject::Registered;
use auth_core::config::{FromEnv, Kind, Secret, ValueError};
use auth_core::{
    AuthError, AuthProvider, Authenticate, Claims, HmacSecret, Request, Token, Verifier,
};

use crate::must_fail;
use crate::sound::{Table, changed, flawed};

/// A key whose parser repeats what it was given.
#[derive(Debug, Clone)]
struct Parrot;

impl FromEnv for Parrot {
    const KIND: Kind = Kind::Other;
    const SECRET: bool = true;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        let is_good = text.len() == 80;
        is_good.then_some(Self).ok_or_else(|| ValueError::new(format!("80 letters, not {text}")))
    }
}

/// Holds a key whose parser repeats what it was given.
#[derive(AuthProvider)]
#[auth(name = "parrot", register = false)]
struct Quoting {
    #[auth(env = "PARROT_SECRET")]
    secret: HmacSecret,
    #[auth(env = "PARROT_KEY")]
    key: Parrot,
    #[auth(verify = Verifier::hmac(secret).issuer("me").audience("us"))]
    verifier: Verifier,
}

/// Writes its key into the log whenever a token is refused.
#[derive(AuthProvider)]
#[auth(name = "gossip", register = false)]
struct Gossip {
    #[auth(env = "GOSSIP_SECRET")]
    secret: HmacSecret,
    #[auth(env = "GOSSIP_KEY")]
    key: Secret<String>,
    #[auth(init = Verifier::hmac(secret).issuer("me").audience("us").build_in(environment)?)]
    verifier: Verifier,
}

impl Authenticate for Gossip {
    type User = Claims;

    async fn authenticate(&self, token: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
        let verified = self.verifier.verify(token).await;
        if verified.is_err() {
            tracing::debug!(key = self.key.expose(), "asking the vendor about a bad token");
        }
        verified
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}

#[tokio::test]
async fn a_parser_that_quotes_a_secret_is_found() {
    let expected = ["cfg-control-characters", "cfg-secret-malformed"];
    must_fail(Registered::of::<Quoting>(), &expected).await;
}

#[tokio::test]
async fn a_secret_in_the_log_of_a_refusal_is_found() {
    must_fail(Registered::of::<Gossip>(), &["cfg-secret-not-logged"]).await;
}

#[tokio::test]
async fn a_secret_in_the_log_of_a_start_is_found_even_in_base64() {
    let subject = flawed(|sound, texts, environment| {
        use base64::Engine as _;
        if let Ok(Some(secret)) = environment.vars().get("SOUND_SECRET") {
            let coded = base64::engine::general_purpose::STANDARD.encode(secret.trim());
            tracing::trace!(header = format!("Basic {coded}"), "starting");
        }
        sound.build_with(texts, environment)
    });
    must_fail(subject, &["cfg-secret-never-printed"]).await;
}

#[tokio::test]
async fn a_password_of_a_url_in_the_log_is_found() {
    let subject = flawed(|sound, texts, environment| {
        if let Ok(Some(home)) = environment.vars().get("SOUND_HOME") {
            tracing::info!(home, "starting");
        }
        sound.build_with(texts, environment)
    });
    must_fail(subject, &["cfg-url-password"]).await;
}

#[tokio::test]
async fn a_secret_that_anybody_could_guess_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let lax = changed(environment, |table| pad(table, "SOUND_SECRET"));
        sound.build_with(texts, &lax)
    });
    let expected = [
        "cfg-alias",
        "cfg-first-variable-wins",
        "cfg-malformed",
        "cfg-malformed-together",
        "cfg-short-secret",
    ];
    must_fail(subject, &expected).await;
}

/// Makes a short secret long enough.
fn pad(table: &mut Table, name: &str) {
    if let Some(text) = table.get_mut(name).filter(|text| (1..32).contains(&text.trim().len())) {
        *text = format!("{text:-<64}");
    }
}

#[tokio::test]
async fn a_file_variable_that_is_never_read_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let deaf = changed(environment, |table| table.retain(|name, _| !name.ends_with("_FILE")));
        sound.build_with(texts, &deaf)
    });
    let expected =
        ["cfg-secret-file", "cfg-secret-file-both", "cfg-secret-file-broken", "cfg-secret-same"];
    must_fail(subject, &expected).await;
}

#[tokio::test]
async fn a_secret_that_silently_beats_its_file_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let deaf = changed(environment, |table| {
            if table.get("SOUND_SECRET").is_some_and(|text| !text.trim().is_empty()) {
                table.remove("SOUND_SECRET_FILE");
            }
        });
        sound.build_with(texts, &deaf)
    });
    must_fail(subject, &["cfg-secret-file-both"]).await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_and_is_passed_over_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let lax = changed(environment, |table| {
            let path = table.get("SOUND_SECRET_FILE");
            if path.is_some_and(|path| std::fs::read_to_string(path).is_err()) {
                table.remove("SOUND_SECRET_FILE");
            }
        });
        sound.build_with(texts, &lax)
    });
    must_fail(subject, &["cfg-secret-file-broken"]).await;
}

#[tokio::test]
async fn a_line_break_that_becomes_part_of_a_secret_is_found() {
    let subject = flawed(|sound, texts, environment| {
        let raw = changed(environment, |table| {
            if let Some(text) = table.get_mut("SOUND_KEY").filter(|it| it.ends_with('\n')) {
                *text = text.replace('\n', "\\n");
            }
        });
        sound.build_with(texts, &raw)
    });
    must_fail(subject, &["cfg-secret-same"]).await;
}
