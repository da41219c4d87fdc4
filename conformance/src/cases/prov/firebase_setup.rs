//! Configurations of Firebase that must not start.

use auth_core::Environment;
use auth_core::config::{Texts, Vars};

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

/// An emulator and nothing of production, by name and not by a variable.
pub(super) fn emulator(subject: &Registered) -> Result<Vec<String>, Stop> {
    let demo = ("FIREBASE_PROJECT_ID", "demo-acme");
    let (host, any) = (("danger_emulator", "127.0.0.1:9099"), ("danger_any_user", "true"));
    let variable = ("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9099");
    let made = (subject.vendor.made)();
    let account = made.first().map_or(("", ""), |pair| *pair);
    let trial = |variables: Pairs<'_>, options: Pairs<'_>| problem(subject, variables, options);
    let remote = |address| trial(&[demo], &[("danger_emulator", address), any]);
    let mut seen = vec![
        must_start("an emulator", trial(&[demo], &[host, any]))?,
        must_say("a real project", trial(&[PROJECT], &[host, any]), "`demo-`")?,
        must_say("an account", trial(&[demo, account], &[host, any]), "contradict each other")?,
        must_say(
            "session cookies",
            trial(&[demo], &[host, any, ("session_cookie", "__session")]),
            "session_cookie cannot be verified",
        )?,
        must_say("documents", trial(&[demo], &[host]), "reads no documents")?,
    ];
    for address in
        ["https://127.0.0.1:9099", "auth.acme.example:9099", "10.0.0.7:9099", "127.0.0.1"]
    {
        seen.push(must_say(address, remote(address), "an emulator on this machine")?);
    }
    let with_variable = trial(&[PROJECT, variable], &[any]);
    seen.push(must_start("the emulator's variable alone", with_variable)?);
    Ok(seen)
}
