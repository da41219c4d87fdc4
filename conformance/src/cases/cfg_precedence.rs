//! Which of several sources of an option wins: the builder, its variables left to right, its
//! default.
//!
//! Each is asked twice: what the provider says of the source, and whether a malformed text there
//! is noticed where it wins and never looked at where it does not. Next: `cfg_given`.

use auth_core::config::{Field, Presence, Source};

use super::cfg_malformed::bad;
use super::cfg_trial::{Trial, must_come_from, must_say, require_some};
use crate::case::Case;
use crate::case::Severity::{High, Medium};
use crate::verdict::Stop;

pub(super) const CASES: &[Case] = &[
    Case::must("cfg-alias", "Each variable of each option works, alone", Medium)
        .refs(&["CWE-1059"])
        .sends("Each option under each of its variables in turn, good and malformed.")
        .expects("it is built from that variable; malformed, the error names it")
        .why("A name that is documented and not read is worse than none.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let (mut seen, filled) = (Vec::new(), trial.filled()?);
            let is_filled = |name: &str| filled.iter().any(|(field, _)| field.name == name);
            for field in trial.options().filter(|field| !is_filled(field.name)) {
                seen.push(format!("{}: not asked, no good text is known", field.name));
            }
            for (field, text) in filled {
                for variable in field.variables {
                    let good = trial.clone().only(field, variable, &text).must_build(variable)?;
                    must_come_from(&good, field, &Source::Variable(variable), variable)?;
                    if let Some(bad) = bad(field.kind).first() {
                        let bad = trial.clone().only(field, variable, bad);
                        must_say(&bad.must_blame(variable, &[field])?, &[variable])?;
                    }
                    seen.push((*variable).to_owned());
                }
            }
            require_some(&seen, "no option has a variable")?;
            Ok(seen)
        }),
    Case::must("cfg-first-variable-wins", "The first variable of several decides", High)
        .refs(&["CWE-706"])
        .sends("Two variables of an option, both good, then one of them malformed.")
        .expects("the first one's value, or its error; the second is not looked at")
        .why("Two deployments with the same variables must not trust two issuers.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for (field, text) in trial.filled()? {
                for (first, second) in pairs(field) {
                    first_wins(&trial, field, &text, [first, second])?;
                    seen.push(format!("{first} before {second}"));
                }
            }
            require_some(&seen, "no option has two variables")?;
            Ok(seen)
        }),
    Case::must("cfg-blank-falls-through", "A blank variable leaves the word to the next", High)
        .refs(&["CWE-706"])
        .sends("Two variables of an option, the first of them blank.")
        .expects("the second one's value, or its error")
        .why("A template that sets both leaves one empty, and the other is meant.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for (field, text) in trial.filled()? {
                for (first, second) in pairs(field) {
                    let blank = trial.clone().only(field, first, " \t");
                    let label = format!("{first} blank");
                    let built = blank.clone().set(second, &text).must_build(&label)?;
                    must_come_from(&built, field, &Source::Variable(second), &label)?;
                    if let Some(bad) = bad(field.kind).first() {
                        let error = blank.set(second, bad).must_blame(&label, &[field])?;
                        must_say(&error, &[second])?;
                    }
                    seen.push(format!("{first} blank: {second}"));
                }
            }
            require_some(&seen, "no option has two variables")?;
            Ok(seen)
        }),
    Case::must("cfg-default-last", "A default stands in for nothing but silence", High)
        .refs(&["CWE-453"])
        .sends("Each option with a default: unset, blank, good and malformed.")
        .expects("the default where it is unset or blank, the variable or its error elsewhere")
        .why("A limit that somebody meant to set, and mistyped, must not be the usual one.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let has_default = |field: &Field| matches!(field.presence, Presence::Default(_));
            let mut seen = Vec::new();
            for (field, text) in trial.filled()?.into_iter().filter(|(field, _)| has_default(field))
            {
                default_is_last(&trial, field, &text)?;
                seen.push(field.name.to_owned());
            }
            require_some(&seen, "no option has a default")?;
            Ok(seen)
        }),
    Case::must("cfg-builder-first", "What the application says beats every variable", High)
        .refs(&["CWE-706"])
        .sends("Each option by name, beside its variables, good and malformed.")
        .expects("the application's value, or its error; no variable is looked at")
        .why("Whoever can set a variable must not be able to change what the code says.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for (field, text) in trial.filled()? {
                builder_wins(&trial, field, &text)?;
                seen.push(field.name.to_owned());
            }
            require_some(&seen, "no option has a variable")?;
            Ok(seen)
        }),
];

/// Each variable before each later one.
fn pairs(field: &Field) -> Vec<(&'static str, &'static str)> {
    let of = |at: usize| {
        field.variables[at + 1..].iter().map(move |later| (field.variables[at], *later))
    };
    (0..field.variables.len()).flat_map(of).collect()
}

fn first_wins(
    trial: &Trial<'_>,
    field: &'static Field,
    text: &str,
    [first, second]: [&'static str; 2],
) -> Result<(), Stop> {
    let source = Source::Variable(first);
    let good = trial.clone().only(field, first, text);
    let label = format!("{first} and {second}");
    must_come_from(&good.clone().set(second, text).must_build(&label)?, field, &source, &label)?;
    let Some(bad) = bad(field.kind).first() else { return Ok(()) };
    let label = format!("{first} good, {second} malformed");
    must_come_from(&good.set(second, bad).must_build(&label)?, field, &source, &label)?;
    let label = format!("{first} malformed, {second} good");
    let malformed = trial.clone().only(field, first, bad).set(second, text);
    must_say(&malformed.must_blame(&label, &[field])?, &[first])
}

fn default_is_last(trial: &Trial<'_>, field: &'static Field, text: &str) -> Result<(), Stop> {
    let (variable, unset) = (field.variables[0], trial.clone().without(field));
    let label = format!("{variable} unset");
    must_come_from(&unset.must_build(&label)?, field, &Source::Default, &label)?;
    let label = format!("{variable} blank");
    let blank = unset.clone().set(variable, "  ").must_build(&label)?;
    must_come_from(&blank, field, &Source::Default, &label)?;
    let good = unset.clone().set(variable, text).must_build(variable)?;
    must_come_from(&good, field, &Source::Variable(variable), variable)?;
    bad(field.kind).iter().try_for_each(|bad| {
        let label = format!("{variable} as {bad:?}");
        unset.clone().set(variable, bad).must_blame(&label, &[field]).map(drop)
    })
}

fn builder_wins(trial: &Trial<'_>, field: &'static Field, text: &str) -> Result<(), Stop> {
    let every = |text: &str| {
        field.variables.iter().fold(trial.clone(), |trial, variable| trial.set(variable, text))
    };
    let label = format!("{} by name", field.name);
    let built = every(text).give(field.name, text).must_build(&label)?;
    must_come_from(&built, field, &Source::Builder, &label)?;
    let Some(bad) = bad(field.kind).first() else { return Ok(()) };
    let label = format!("{} by name, its variables malformed", field.name);
    let built = every(bad).give(field.name, text).must_build(&label)?;
    must_come_from(&built, field, &Source::Builder, &label)?;
    let label = format!("{} malformed by name, its variables good", field.name);
    every(text).give(field.name, bad).must_blame(&label, &[field]).map(drop)
}
