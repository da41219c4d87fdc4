//! Secrets among the options: which are refused, and where none is ever seen.
//!
//! In: a secret in every option that is one. Out: everything that anybody could read, searched for
//! it. Next: `cfg_log`, which listens.

use auth_core::config::{ConfigError, Field, Kind};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tracing::instrument::WithSubscriber;

use super::cfg_log::Log;
use super::cfg_malformed::bad;
use super::cfg_trial::{Built, Trial, blames, lines, must_say, require_some};
use crate::bench::{Bench, require};
use crate::case::Case;
use crate::case::Severity::{Critical, High};
use crate::subject::Registered;
use crate::verdict::Stop;

/// So many characters of a secret in a row are a leak.
const PIECE: usize = 12;

pub(super) const CASES: &[Case] = &[
    Case::must("cfg-short-secret", "A secret that is too short", Critical)
        .refs(&["RFC 7518 §3.2"])
        .sends("Each shared secret as a text of 8 and of 31 bytes.")
        .expects("an error that names the option and does not quote the secret")
        .why("It can be guessed, and then everybody can sign.")
        .configuration(|subject| {
            useless(subject, &["8 bytes.", "31 bytes, one less than needed."])
        }),
    Case::must("cfg-repeated-secret", "A secret of one byte, repeated", Critical)
        .refs(&["CWE-521"])
        .sends("Each shared secret as 64 times the same letter.")
        .expects("an error that names the option and does not quote the secret")
        .why("It has the length of a secret, and can be guessed all the same.")
        .configuration(|subject| useless(subject, &["x".repeat(64).as_str()])),
    Case::must("cfg-public-key-as-secret", "A public key in place of a secret", Critical)
        .refs(&["RFC 8725 §2.1"])
        .sends("Each shared secret as a PEM, with white space before it, and as a JWK.")
        .expects("an error that names the option and does not quote the text")
        .why("It is long, and known to everybody.")
        .configuration(|subject| {
            let body = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA";
            let pem = format!("-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----");
            let jwk = format!("{{\"kty\":\"RSA\",\"n\":\"{body}\",\"e\":\"AQAB\"}}");
            let texts = [pem.clone(), format!("\u{feff}{pem}"), jwk, format!("ssh-rsa {body}")];
            useless(subject, &texts.each_ref().map(String::as_str))
        }),
    Case::must("cfg-secret-never-printed", "A secret is never printed", Critical)
        .refs(&["CWE-532", "CWE-209"])
        .sends("A secret in every option that is one, among good, blank and malformed others.")
        .expects("no part of it in an error, its JSON, `Debug` of anything, or the log")
        .why("Logs are read by more people than secrets are meant for.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let planted = planted(&trial)?;
            let trial = planted
                .iter()
                .fold(trial, |trial, (field, text)| trial.only(field, field.variables[0], text));
            for (label, trial) in beside(&trial, &planted) {
                let log = Log::default();
                let built = tracing::subscriber::with_default(log.clone(), || trial.build())?;
                let printed = printed(&built)? + &log.text();
                require(!leaks_any(&printed, &planted), || {
                    format!("{label}: a part of a secret was printed")
                })?;
            }
            Ok(planted.iter().map(|(field, _)| format!("{}: never printed", field.name)).collect())
        }),
    Case::must("cfg-secret-malformed", "A malformed secret is named, and not printed", Critical)
        .refs(&["CWE-209"])
        .sends("Each secret with a form as something else, and before a line break.")
        .expects("an error, if any, that names the option and holds no part of the text")
        .why("A secret with a slip of the finger is a secret all the same.")
        .configuration(malformed_secrets),
    Case::must("cfg-url-password", "A password within a URL is never printed", High)
        .refs(&["CWE-532", "CWE-209"])
        .sends("Each URL with a name and a password in it, good, and malformed behind that.")
        .expects("no part of the password in an error, its JSON, `Debug` of anything, or the log")
        .why("An address is no secret, and is logged; who wrote a password into it forgets that.")
        .configuration(url_passwords),
    Case::must(
        "cfg-secret-not-logged",
        "A secret is not logged while tokens are decided",
        Critical,
    )
    .refs(&["CWE-532"])
    .sends("A good token, one of a stranger, and junk, with the log of every level kept.")
    .expects("no part of a secret in the log or in an answer")
    .why("A failed request is logged; the key it failed with must not be.")
    .scene(|bench| Box::pin(asked_and_logged(bench))),
];

/// Each of these texts is refused in place of each shared secret, and not quoted.
fn useless(subject: &Registered, texts: &[&str]) -> Result<Vec<String>, Stop> {
    let trial = Trial::complete(subject)?;
    let mut seen = Vec::new();
    for field in trial.options().filter(|field| field.kind == Kind::HmacSecret) {
        for text in texts {
            let trial = trial.clone().only(field, field.variables[0], text);
            let error = trial.must_blame(field.name, &[field])?;
            let is_named = error.problems()[0].code() == "malformed";
            require(is_named, || format!("another error: {error}"))?;
            require(!error.to_string().contains(text), || "the error quotes it".to_owned())?;
            seen.push(error.to_string());
        }
    }
    require_some(&seen, "it has no shared secret")?;
    Ok(seen)
}

type Planted = Vec<(&'static Field, String)>;

/// Every option that is a secret, and the secret that it gets, if that can be told from all else.
fn planted(trial: &Trial<'_>) -> Result<Planted, Stop> {
    use Kind::{HmacSecret, List, Other, Text, Url};
    let mut planted = trial.filled()?;
    planted.retain(|(field, _)| {
        field.secret && matches!(field.kind, HmacSecret | List | Other | Text | Url)
    });
    require_some(&planted, "it has no secret")?;
    Ok(planted)
}

/// The same secrets in good company and in bad.
fn beside<'s>(trial: &Trial<'s>, planted: &Planted) -> Vec<(&'static str, Trial<'s>)> {
    let is_secret = |name: &str| planted.iter().any(|(field, _)| field.variables.contains(&name));
    let blank = trial.clone().map(|name, text| {
        Some((name.to_owned(), if is_secret(name) { text } else { String::new() }))
    });
    let alone = trial.clone().map(|name, text| is_secret(name).then(|| (name.to_owned(), text)));
    let is_open = |field: &&'static Field| !field.secret && !bad(field.kind).is_empty();
    let malformed = trial.options().filter(is_open).fold(trial.clone(), |trial, field| {
        trial.only(field, field.variables[0], bad(field.kind)[0])
    });
    vec![
        ("with everything set", trial.clone()),
        ("with the others blank", blank),
        ("with nothing else set", alone),
        ("with the others malformed", malformed),
    ]
}

fn malformed_secrets(subject: &Registered) -> Result<Vec<String>, Stop> {
    let trial = Trial::complete(subject)?;
    let mut seen = Vec::new();
    for (field, text) in planted(&trial)? {
        let (half, variable) = (text.chars().take(text.len() / 4).collect(), field.variables[0]);
        for spoilt in [half, format!("not {text}"), format!("{text},,{text}\u{7}")] {
            let built = trial.clone().only(field, variable, &spoilt).build()?;
            let Err(error) = built else { continue };
            blames(&error, variable, &[field])?;
            must_say(&error, &[variable])?;
            let leak = leaks(&shown(&error)?, &spoilt);
            require(!leak, || format!("{}: the error quotes the secret", field.name))?;
            seen.extend(lines(&error));
        }
    }
    require_some(&seen, "it takes every text for a secret")?;
    Ok(seen)
}

fn url_passwords(subject: &Registered) -> Result<Vec<String>, Stop> {
    const PASSWORD: &str = "p4ssw0rd-7f3a9c51d2e8b640";
    let trial = Trial::complete(subject)?;
    let mut seen = Vec::new();
    for field in trial.options().filter(|field| field.kind == Kind::Url) {
        for end in ["acme.example/", "acme.example:port/", "acme .example/"] {
            let url = format!("https://clerk:{PASSWORD}@{end}");
            let (trial, log) =
                (trial.clone().only(field, field.variables[0], &url), Log::default());
            let built = tracing::subscriber::with_default(log.clone(), || trial.build())?;
            let printed = printed(&built)? + &log.text();
            require(!leaks(&printed, PASSWORD), || format!("{}: it was printed", field.name))?;
        }
        seen.push(format!("{}: never printed", field.name));
    }
    require_some(&seen, "no option is a URL")?;
    Ok(seen)
}

/// Everything that can be printed of what came of building.
fn printed(built: &Built) -> Result<String, Stop> {
    Ok(match built {
        Ok(built) => {
            let (sources, summary) = (built.sources(), built.summary());
            let parts = (built, built.provider(), built.verifier(), sources);
            format!("{parts:?} {summary}")
        }
        Err(error) => shown(error)?,
    })
}

fn shown(error: &ConfigError) -> Result<String, Stop> {
    let json = serde_json::to_string(error).map_err(|error| Stop::Missed(error.to_string()))?;
    Ok(format!("{error} {error:?} {error:#?} {json}"))
}

fn leaks_any(printed: &str, planted: &Planted) -> bool {
    planted.iter().any(|(_, secret)| leaks(printed, secret))
}

/// Whether a text holds a piece of a secret: as it is, in hex, or in base64. Of a URL the path
/// counts: its host is no secret.
fn leaks(printed: &str, secret: &str) -> bool {
    let secret = secret.rsplit('/').next().unwrap_or(secret).trim();
    let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    [secret.to_owned(), hex, STANDARD.encode(secret)].iter().any(|text| {
        let pieces = text.as_bytes().windows(PIECE.min(text.len()).max(1));
        pieces.filter_map(|piece| std::str::from_utf8(piece).ok()).any(|it| printed.contains(it))
    })
}

/// Tokens of every sort are decided; nothing that is written down holds a secret.
async fn asked_and_logged(bench: &mut Bench) -> Result<(), Stop> {
    let registered = *bench.registered();
    let trial = Trial::complete(&registered)?;
    let mut planted = planted(&trial)?;
    planted.retain(|(field, text)| trial.text(field) == Some(text));
    require_some(&planted, "none of its secrets has to be given")?;
    bench.control().await?;
    let (good, log) = (bench.forge.good(), Log::default());
    let stranger = good.clone().signed_by(&bench.forge.keys.stranger).sign();
    for (label, token) in
        [("good", good.sign()), ("a stranger's", stranger), ("junk", "a.b.c".to_owned())]
    {
        let answer = bench.subject().ask(&token).with_subscriber(log.clone()).await;
        bench.note(label, &answer);
        let printed = format!("{answer:?}") + &log.text();
        require(!leaks_any(&printed, &planted), || {
            format!("{label}: a part of a secret was printed: {answer}")
        })?;
    }
    // A log that hears nothing proves nothing.
    let is_heard = !log.text().is_empty();
    is_heard.then_some(()).ok_or_else(|| Stop::Control("nothing was logged".to_owned()))
}
