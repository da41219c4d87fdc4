//! Configuration, from the descriptor alone: what is there, what is missing, what is blank. No
//! provider is named. Next: `cfg_trial` for what is built, `cfg_precedence` for what wins.

use std::collections::HashSet;
use std::sync::Arc;

use auth_core::config::{Field, Kind, Presence};

use super::cfg_trial::{Down, Trial, lines, must_say, require_some};
use crate::bench::require;
use crate::case::Case;
use crate::case::Severity::{High, Medium};
use crate::subject::Registered;
use crate::verdict::Stop;

/// Up to this many required options, every choice of them is left out; of more, every pair.
const EVERY_CHOICE: usize = 5;

pub(super) const CASES: &[Case] = &[
    Case::must("cfg-complete", "With everything set, it is built and asks nobody", High)
        .refs(&["CWE-1188"])
        .sends("A value for every required option, in a network that is down.")
        .expects("it is built, and sends no request while it is")
        .why("The counterpart of every refusal below; and a server must start without its issuer.")
        .configuration(|subject| {
            let (trial, network) = (Trial::complete(subject)?, Arc::<Down>::default());
            if let Err(error) = trial.build_on(&network)? {
                return Err(Stop::Control(error.to_string()));
            }
            let tried = network.tried();
            require(tried == 0, || format!("it sent {tried} requests while it was built"))?;
            Ok(vec!["built".to_owned()])
        }),
    Case::must("cfg-descriptor-honest", "The table of options contradicts nothing", Medium)
        .refs(&["CWE-1059"])
        .sends("Its table of options.")
        .expects("each name and each variable once, and each shared secret marked as one")
        .why("Errors, documents and these cases are all made from that table.")
        .configuration(|subject| {
            let found = contradictions(subject);
            require(found.is_empty(), || found.join("; "))?;
            Ok(subject.descriptor().options().map(|field| field.name.to_owned()).collect())
        }),
    Case::must("cfg-all-missing-at-once", "With nothing set, one error names everything", High)
        .refs(&["CWE-1188"])
        .sends("No variable at all.")
        .expects("one error with every option and every variable, in the order of the table")
        .why("Whoever sets a server up should not have to start it once for each option.")
        .configuration(|subject| {
            let trial = Trial::empty(subject);
            require_some(&trial.required(), "no option is required")?;
            let error = trial.must_blame("nothing set", &trial.required())?;
            for field in trial.required() {
                must_say(&error, field.variables)?;
            }
            Ok(vec![error.to_string()])
        }),
    Case::must("cfg-required-missing", "Each required option is missed by name, alone", High)
        .refs(&["CWE-1188"])
        .sends("Every option but one, for each in turn.")
        .expects("one error with that option, its variables, and nothing else")
        .why("What is not wrong in an error buries what is.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for field in trial.required() {
                let error = trial.clone().without(field).must_blame(field.name, &[field])?;
                must_say(&error, field.variables)?;
                require(error.problems()[0].code() == "missing", || format!("not so: {error}"))?;
                seen.push(error.to_string());
            }
            require_some(&seen, "no option is required")?;
            Ok(seen)
        }),
    Case::must("cfg-missing-subsets", "Whatever is missing is named, and no more", High)
        .refs(&["CWE-1188"])
        .sends("Every choice of required options left out (of more than five, every pair).")
        .expects("one error with exactly these, in the order of the table")
        .why("An error that depends on what else is missing is found out start by start.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let choices = choices(&trial.required());
            require_some(&choices, "fewer than two options are required")?;
            let mut seen = Vec::new();
            for choice in choices {
                let names: Vec<_> = choice.iter().map(|field| field.name).collect();
                let label = names.join(", ");
                let without = choice.iter().fold(trial.clone(), |trial, it| trial.without(it));
                without.must_blame(&label, &choice)?;
                seen.push(label);
            }
            Ok(seen)
        }),
    Case::must("cfg-blank-is-unset", "A blank variable counts as unset, and that is said", High)
        .refs(&["CVE-2019-20933"])
        .sends("Each required option as an empty text, and as white space.")
        .expects("an error that names the option and says that it is blank")
        .why("An empty secret or audience must never become one that matches.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for field in trial.required() {
                for blank in ["", "   ", "\t\n", "\u{a0}"] {
                    let blank = trial.clone().only(field, field.variables[0], blank);
                    let error = blank.must_blame(field.name, &[field])?;
                    must_say(&error, field.variables)?;
                    must_say(&error, &["blank"])?;
                }
                seen.push(format!("{}: blank", field.name));
            }
            require_some(&seen, "no option is required")?;
            Ok(seen)
        }),
    Case::must("cfg-optional-blank", "An optional variable that is blank is not left out", High)
        .refs(&["CWE-1188"])
        .sends("Each option that may be left out as white space, in each of its variables.")
        .expects("an error that names the variable and says that it is blank")
        .why("Whoever writes `AUDIENCE=` meant a check, and would get none.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for field in trial.options().filter(|field| field.presence == Presence::Optional) {
                for variable in field.variables {
                    let blank = trial.clone().only(field, variable, " ");
                    let error = blank.must_blame(variable, &[field])?;
                    must_say(&error, &[variable, "blank"])?;
                    seen.extend(lines(&error));
                }
            }
            require_some(&seen, "no option may be left out")?;
            Ok(seen)
        }),
];

/// Everything that the table contradicts itself in.
fn contradictions(subject: &Registered) -> Vec<String> {
    let (mut names, mut found) = (HashSet::new(), Vec::new());
    for field in subject.descriptor().fields {
        for name in std::iter::once(&field.name).chain(field.variables) {
            if !names.insert(name) {
                found.push(format!("{name} stands in the table twice"));
            }
        }
        if field.kind == Kind::HmacSecret && !field.secret {
            found.push(format!("{} is a shared secret, and not marked as one", field.name));
        }
        if field.presence == Presence::Computed && !field.variables.is_empty() {
            found.push(format!("{} is computed, and has variables", field.name));
        }
    }
    found
}

/// Every choice of two or more; of many, every pair and all.
fn choices(fields: &[&'static Field]) -> Vec<Vec<&'static Field>> {
    let pick = |mask: usize| {
        let is_in = |(at, _): &(usize, _)| mask >> at & 1 == 1;
        fields.iter().copied().enumerate().filter(is_in).map(|(_, field)| field).collect()
    };
    if fields.len() <= EVERY_CHOICE {
        let masks = 0_usize..1 << fields.len();
        return masks.filter(|mask| mask.count_ones() >= 2).map(pick).collect();
    }
    let pairs = (0..fields.len()).flat_map(|one| (0..one).map(move |other| [other, one]));
    let pairs = pairs.map(|pair| pair.map(|at| fields[at]).to_vec());
    pairs.chain(std::iter::once(fields.to_vec())).collect()
}
