//! Secrets from files, as container platforms mount them: `ACME_KEY_FILE` names the file that
//! holds what `ACME_KEY` would.
//!
//! In: a folder of its own for each case. Out: where the secret came from, and what is said of a
//! file that cannot be used. Next: `cfg_folder`.

use auth_core::config::{Field, Kind, Source};

use super::cfg_folder::Folder;
use super::cfg_trial::{Trial, must_come_from, must_say, require_some};
use crate::bench::{Bench, require};
use crate::case::Severity::{Critical, High};
use crate::case::{Case, Need};
use crate::subject::Registered;
use crate::verdict::Stop;

/// One byte more than a file may have.
const TOO_LARGE: usize = 64 * 1024 + 1;

pub(super) const CASES: &[Case] = &[
    Case::must("cfg-secret-file", "A secret can come from a file", High)
        .refs(&["CWE-526"])
        .sends("The path of a file with each secret, in each variable with `_FILE` behind it.")
        .expects(
            "it is built, from that file; a blank variable beside it, or a later one, is no bar",
        )
        .why("What is in the environment is inherited by every child, and shown by many tools.")
        .configuration(|subject| {
            each_secret(subject, |trial, field, text, variable| {
                let folder = Folder::new()?;
                let path = folder.file("secret", text)?;
                let file = format!("{variable}_FILE");
                let source = Source::File { variable: file.clone(), path: path.clone() };
                let trial = trial.without(field).set(&file, &path);
                let later = field.variables.iter().skip_while(|name| **name != variable).skip(1);
                let beside = later.fold(trial.clone(), |trial, later| trial.set(later, text));
                for (label, trial) in [
                    ("alone", trial.clone()),
                    ("beside a blank variable", trial.set(variable, " ")),
                    ("beside a later variable", beside),
                ] {
                    must_come_from(&trial.must_build(label)?, field, &source, label)?;
                }
                Ok(format!("{file}: read"))
            })
        }),
    Case::must("cfg-secret-file-both", "A secret and a file of it are one too many", High)
        .refs(&["CWE-694"])
        .sends("Each secret in a variable, and a good file of it beside that.")
        .expects("an error that names both variables, and not the secret")
        .why("A secret that was changed in one place only would go on working, or stop.")
        .configuration(|subject| {
            each_secret(subject, |trial, field, text, variable| {
                let folder = Folder::new()?;
                let (file, path) = (format!("{variable}_FILE"), folder.file("secret", text)?);
                let trial = trial.only(field, variable, text).set(&file, &path);
                let error = trial.must_blame("both set", &[field])?;
                must_say(&error, &[&format!("{variable} "), &file])?;
                must_not_say(&error.to_string(), text)?;
                Ok(format!("{variable} and {file}: refused"))
            })
        }),
    Case::must("cfg-secret-file-broken", "A file that cannot be used is named", Critical)
        .refs(&["CWE-209", "CWE-400"])
        .sends("Each secret's file absent, a folder, blank, huge, no text; a secret for a path.")
        .expects("an error that names the variable, and nothing that was in the file")
        .why("A server without its secret must not start, and must not tell what it read.")
        .configuration(|subject| {
            each_secret(subject, |trial, field, text, variable| {
                let folder = Folder::new()?;
                let file = format!("{variable}_FILE");
                for (label, path) in broken(&folder, text)? {
                    let trial = trial.clone().only(field, &file, &path);
                    // A later variable does not make up for it.
                    let later =
                        field.variables.iter().skip_while(|name| **name != variable).skip(1);
                    let trial = later.fold(trial, |trial, later| trial.set(later, text));
                    let error = trial.must_blame(label, &[field])?;
                    must_say(&error, &[&file])?;
                    must_not_say(&format!("{error} {error:?}"), text)?;
                }
                Ok(format!("{file}: refused"))
            })
        }),
    Case::must("cfg-secret-same", "A secret is the same wherever it comes from", High)
        .refs(&["CWE-1188"])
        .sends("A good token and a stranger's, the secret in each variable, file and by name.")
        .expects("the good one accepted and the other refused; a line break at the end is dropped")
        .why("A line break that an editor left is the usual reason for a key that does not fit.")
        .needs(&[Need::SharedSecret])
        .scene(|bench| Box::pin(from_everywhere(bench))),
];

/// Asks about each variable of each secret, whose text is known.
fn each_secret(
    subject: &Registered,
    ask: impl Fn(Trial<'_>, &'static Field, &str, &'static str) -> Result<String, Stop>,
) -> Result<Vec<String>, Stop> {
    let trial = Trial::complete(subject)?;
    let mut seen = Vec::new();
    for (field, text) in trial.filled()?.into_iter().filter(|(field, _)| field.secret) {
        for variable in field.variables {
            seen.push(ask(trial.clone(), field, &text, variable)?);
        }
    }
    require_some(&seen, "it has no secret")?;
    Ok(seen)
}

/// Paths of what is no file of a secret, most of them with the secret in it.
fn broken(folder: &Folder, text: &str) -> Result<Vec<(&'static str, String)>, Stop> {
    let huge = text.repeat(TOO_LARGE / text.len().max(1) + 1);
    let no_text = [text.as_bytes(), &[0xff, 0xfe]].concat();
    Ok(vec![
        ("a path where nothing is", folder.path("absent")),
        ("a folder", folder.path(".")),
        ("a blank file", folder.file("blank", " \n")?),
        ("an empty file", folder.file("empty", "")?),
        ("a huge file", folder.file("huge", huge)?),
        ("a file that is no text", folder.file("no-text", no_text)?),
        ("the secret in place of a path", text.to_owned()),
    ])
}

fn must_not_say(said: &str, secret: &str) -> Result<(), Stop> {
    require(!said.contains(secret), || "the error quotes the secret".to_owned())
}

/// The shared secret from everywhere in turn: it verifies the same tokens.
async fn from_everywhere(bench: &mut Bench) -> Result<(), Stop> {
    let (registered, folder) = (*bench.registered(), Folder::new()?);
    let trial = Trial::complete(&registered)?;
    for field in trial.options().filter(|field| field.kind == Kind::HmacSecret) {
        let Some(text) = trial.text(field).map(str::to_owned) else { continue };
        for (label, trial) in everywhere(&trial, field, &text, &folder)? {
            let built = trial.build_in(bench.environment())?;
            let built = built.map_err(|error| Stop::Missed(format!("{label}: {error}")))?;
            bench.replace(built);
            let good = bench.forge.good_token();
            let strange = bench.forge.good().signed_by(&bench.forge.keys.stranger).sign();
            bench.must_allow(&format!("{label}: good"), &good).await?;
            bench.must_refuse(&format!("{label}: a stranger's"), &strange).await?;
        }
    }
    Ok(())
}

fn everywhere<'s>(
    trial: &Trial<'s>,
    field: &'static Field,
    text: &str,
    folder: &Folder,
) -> Result<Vec<(String, Trial<'s>)>, Stop> {
    let (bare, line) = (trial.clone().without(field), format!("{text}\n"));
    let mut all = vec![
        ("by name".to_owned(), bare.clone().give(field.name, text)),
        ("by name, with a line break".to_owned(), bare.clone().give(field.name, &line)),
    ];
    for variable in field.variables {
        let file = format!("{variable}_FILE");
        let paths = [
            folder.file(variable, text)?,
            folder.file(&format!("{variable}-line"), &line)?,
            folder.file(&format!("{variable}-windows"), format!("{text}\r\n"))?,
        ];
        all.push((format!("in {variable}"), bare.clone().set(variable, text)));
        all.push((format!("in {variable}, with a line break"), bare.clone().set(variable, &line)));
        let files = ["", ", with a line break", ", with a line break of Windows"].iter().zip(paths);
        all.extend(
            files.map(|(how, path)| (format!("in {file}{how}"), bare.clone().set(&file, &path))),
        );
    }
    Ok(all)
}
