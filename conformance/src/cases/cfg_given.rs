//! Options by name, as an application with a configuration file gives them, and what must have no
//! say at all: other variables, other spellings, an earlier build. Next: `cfg_file`.

use auth_core::config::{Field, Presence};

use super::cfg_trial::{Trial, lines, must_say, require_some, shape};
use crate::bench::require;
use crate::case::Case;
use crate::case::Severity::{High, Medium};

/// A name that no provider gives an option.
const UNKNOWN: &str = "no_such_option";

pub(super) const CASES: &[Case] = &[
    Case::must("cfg-unknown-option", "An option that there is not is refused", High)
        .refs(&["CWE-1188"])
        .sends("A name that no option has, then the name of each computed field.")
        .expects("an error that names it; of an unknown one, with every option that there is")
        .why("A mistyped `audience` would be a check that nobody makes.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let error = trial.clone().give(UNKNOWN, "text").must_fail(UNKNOWN)?;
            require(error.problems().len() == 1, || format!("it names more: {error}"))?;
            let options: Vec<_> = subject.descriptor().options().map(|field| field.name).collect();
            must_say(&error, &[UNKNOWN])?;
            must_say(&error, &options)?;
            let mut seen: Vec<_> = lines(&error).collect();
            let is_computed = |presence| presence == Presence::Computed;
            for field in subject.descriptor().fields.iter().filter(|it| is_computed(it.presence)) {
                let error = trial.clone().give(field.name, "text").must_fail(field.name)?;
                must_say(&error, &[field.name, "computed"])?;
                seen.extend(lines(&error));
            }
            Ok(seen)
        }),
    Case::must("cfg-given-blank", "A blank option by name is an error", High)
        .refs(&["CWE-1188"])
        .sends("Each option by name as an empty text and as white space, its variable good.")
        .expects("an error that names the option and says that it is blank")
        .why("Whoever writes the name meant a value; no variable may slip in for it.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for (field, text) in trial.filled()? {
                for blank in ["", " \n"] {
                    let trial = trial.clone().only(field, field.variables[0], &text);
                    let error = trial.give(field.name, blank).must_blame(field.name, &[field])?;
                    must_say(&error, &["blank"])?;
                    seen.extend(lines(&error));
                }
            }
            require_some(&seen, "no option has a variable")?;
            Ok(seen)
        }),
    Case::must("cfg-given-twice", "An option that is given twice is refused", Medium)
        .refs(&["CWE-694"])
        .sends("Each option by name, twice.")
        .expects("an error that names the option")
        .why("Two values of an issuer leave open which one is trusted.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for (field, text) in trial.filled()? {
                let twice = trial.clone().give(field.name, &text).give(field.name, &text);
                seen.extend(lines(&twice.must_blame(field.name, &[field])?));
            }
            require_some(&seen, "no option has a variable")?;
            Ok(seen)
        }),
    Case::must("cfg-unrelated-variables", "Other variables have no say", Medium)
        .refs(&["CWE-706"])
        .sends("Its variables in lower case, prefixed, and those of everybody else.")
        .expects("the same provider with them, and the same error with nothing but them")
        .why("What is not documented must not decide who is trusted.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let plain = shape(&trial.must_build("plain")?);
            let mut crowded = trial.clone();
            for name in strangers(&trial) {
                crowded = crowded.set(&name, "https://stranger.example/");
            }
            let crowded = shape(&crowded.must_build("among others")?);
            require(plain == crowded, || "another variable changed it".to_owned())?;
            let lower = trial.clone().map(|name, text| Some((name.to_ascii_lowercase(), text)));
            if !trial.required().is_empty() {
                let (lower, nothing) = (lower.must_fail("in lower case")?, Trial::empty(subject));
                require(lower == nothing.must_fail("nothing set")?, || {
                    format!("a variable in lower case was read: {lower}")
                })?;
            }
            Ok(vec!["as without".to_owned()])
        }),
    Case::must("cfg-built-twice", "Two builds give two instances of the same", High)
        .refs(&["CWE-668"])
        .sends("The same variables twice, with another build and a failed one between.")
        .expects("the same promises from the same sources, and nothing shared")
        .why("A key cache that two instances share serves one tenant with another's keys.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let first = trial.must_build("the first")?;
            let again = trial.must_build("the second")?;
            drop(Trial::empty(subject).build()?);
            let last = trial.must_build("after a failed one")?;
            for other in [&again, &last] {
                let is_same = shape(other) == shape(&first) && other.sources() == first.sources();
                require(is_same, || "it came out otherwise".to_owned())?;
                let verifiers = first.verifier().zip(other.verifier());
                let is_shared = verifiers.is_some_and(|(one, two)| std::ptr::eq(one, two));
                require(!is_shared, || "two instances share a verifier".to_owned())?;
            }
            Ok(vec!["the same".to_owned()])
        }),
    Case::must("cfg-sources", "It says where each option came from", Medium)
        .refs(&["CWE-778"])
        .sends("A value for every required option, and its sources are read.")
        .expects("one source an option, in the order of the table, named and without a secret")
        .why("Whoever finds the wrong issuer trusted asks first who said so.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let built = trial.must_build("complete")?;
            let told: Vec<_> = built.sources().iter().map(|origin| origin.field().name).collect();
            let options: Vec<_> = subject.descriptor().options().map(|field| field.name).collect();
            require(told == options, || format!("expected {options:?}, it tells of {told:?}"))?;
            Ok(built.sources().iter().map(ToString::to_string).collect())
        }),
];

/// Variables that are none of its options', though they look like it.
fn strangers(trial: &Trial<'_>) -> Vec<String> {
    let near = |field: &'static Field| {
        let spellings = |name: &&str| {
            [
                name.to_ascii_lowercase(),
                format!("X_{name}"),
                format!("{name}_2"),
                format!("{name} "),
            ]
        };
        let files = field.variables.iter().filter(|_| !field.secret);
        let files = files.map(|name| format!("{name}_FILE"));
        field.variables.iter().flat_map(spellings).chain(files).collect::<Vec<_>>()
    };
    let known: Vec<_> = trial.options().flat_map(|field| field.variables.iter().copied()).collect();
    let usual = ["ISSUER", "AUDIENCE", "DOMAIN", "SECRET", "JWKS_URL", "HTTPS_PROXY"];
    let all = trial.options().flat_map(near).chain(usual.map(str::to_owned));
    all.filter(|name| !known.contains(&name.as_str())).collect()
}
