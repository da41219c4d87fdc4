//! Configurations of Firebase that must not start.

use auth_core::config::{Texts, Vars};
use auth_core::{Algorithm, Environment, Verifier};

use crate::bench::require;
use crate::subject::Registered;
use crate::verdict::Stop;

type Pairs<'a> = &'a [(&'a str, &'a str)];

/// What is wrong with these variables and options, if anything is.
fn problem(subject: &Registered, variables: Pairs<'_>, options: Pairs<'_>) -> Option<String> {
    let vars: Vars =
        variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let mut texts = Texts::empty();
    for (name, text) in options {
        texts.set(*name, *text);
    }
    let environment = Environment::process().with_vars(vars);
    subject.build_with(texts, &environment).err().map(|error| error.to_string())
}

/// It does not start, and says this of it.
fn must_say(label: &str, problem: Option<String>, words: &str) -> Result<String, Stop> {
    let said =
        problem.ok_or_else(|| Stop::Missed(format!("{label}: it was built all the same")))?;
    require(said.contains(words), || format!("{label}: it does not say {words}: {said}"))?;
    Ok(format!("{label}: {said}"))
}

/// It starts.
fn must_start(label: &str, problem: Option<String>) -> Result<String, Stop> {
    match problem {
        None => Ok(format!("{label}: built")),
        Some(said) => Err(Stop::Missed(format!("{label}: it was not built: {said}"))),
    }
}

const PROJECT: (&str, &str) = ("FIREBASE_PROJECT_ID", "acme-prod");

/// Without a service account every user has to be let in by name.
pub(super) fn without_account(subject: &Registered) -> Result<Vec<String>, Stop> {
    let (any, revoked) = (("danger_any_user", "true"), ("check_revoked", "true"));
    Ok(vec![
        must_say("nothing", problem(subject, &[], &[]), "FIREBASE_PROJECT_ID")?,
        must_say("no account", problem(subject, &[PROJECT], &[]), "service_account is required")?,
        must_start("every user", problem(subject, &[PROJECT], &[any]))?,
        must_say(
            "revocation without an account",
            problem(subject, &[PROJECT], &[any, revoked]),
            "check_revoked needs a service account",
        )?,
        must_say(
            "a tenant and every tenant",
            problem(subject, &[PROJECT], &[any, ("tenant", "a"), ("danger_any_tenant", "true")]),
            "contradict each other",
        )?,
    ])
}

/// The emulator's variable changes nothing, and no text switches it on.
pub(super) fn emulator(subject: &Registered) -> Result<Vec<String>, Stop> {
    let any = ("danger_any_user", "true");
    let vars = Vars::from([PROJECT, ("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9099")]);
    let environment = Environment::process().with_vars(vars);
    let built = subject.build_with([any].into(), &environment);
    let built = built.map_err(|error| Stop::Missed(format!("it was not built: {error}")))?;
    let algorithms = built.verifier().map(Verifier::algorithms).unwrap_or_default();
    require(algorithms == [Algorithm::RS256], || format!("it accepts {algorithms:?}"))?;
    let texts = [any, ("danger_emulator", "127.0.0.1:9099")];
    let given = problem(subject, &[PROJECT], &texts);
    Ok(vec![
        "the variable alone: RS256".to_owned(),
        must_say("as a text", given, "cannot be read from a text")?,
    ])
}
