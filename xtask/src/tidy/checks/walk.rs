//! The core's modules are declared in the order in which a request passes through them.

use crate::tidy::file::{File, Finding};

const CRATE: &str = "auth-core/src/lib.rs";

/// The walk; other modules may stand between and behind.
const WALK: [&str; 9] =
    ["gate", "request", "access", "token", "provider", "jwt", "jwks", "decision", "response"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let found = files.iter().find(|file| file.path == CRATE);
    found.and_then(first_misstep).into_iter().collect()
}

fn first_misstep(file: &File) -> Option<Finding> {
    let declared = file.code.modules().filter(|module| WALK.contains(&module.text.as_str()));
    let declared: Vec<_> = declared.map(|module| (module.text.as_str(), module.line)).collect();
    let steps = WALK.iter().enumerate().map(|(index, step)| (*step, declared.get(index)));
    let (step, found) =
        steps.into_iter().find(|(step, found)| found.is_none_or(|f| f.0 != *step))?;
    let line = found.map_or(1, |(_, line)| *line);
    let wrong = match found {
        Some((name, _)) => format!("`{name}` stands where the walk has `{step}`"),
        None => format!("the walk's `{step}` is missing"),
    };
    Some(file.finding(line, wrong, format!("declare in this order: {}", WALK.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    fn declared(names: &[&str]) -> String {
        format!("pub mod {};", names.join(";\npub mod "))
    }

    #[test]
    fn the_alphabet_instead_of_the_walk_is_found() {
        let mut names = WALK;
        names.sort_unstable();
        assert_eq!(
            said(check, CRATE, &declared(&names)),
            ["auth-core/src/lib.rs:1: `access` stands where the walk has `gate`: declare in this \
             order: gate, request, access, token, provider, jwt, jwks, decision, response",]
        );
    }

    #[test]
    fn a_step_left_out_is_found() {
        let found = said(check, CRATE, &declared(&WALK[..8]));
        assert!(found[0].contains("the walk's `response` is missing"), "{found:?}");
    }

    #[test]
    fn modules_between_the_steps_do_not_matter() {
        let names = [&WALK[..5], &["configured"], &WALK[5..], &["clock"]].concat();
        assert!(said(check, CRATE, &declared(&names)).is_empty());
    }
}
