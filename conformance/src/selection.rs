//! Which subjects and cases to run: globs in, what they match out. Next: `suite`, which runs it.

use globset::{Glob, GlobMatcher};

use crate::case::Case;
use crate::cases;
use crate::subject::Registered;

/// Which subjects and cases to run.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    subjects: Patterns,
    groups: Patterns,
    cases: Patterns,
}

impl Selection {
    /// All of them.
    pub fn everything() -> Self {
        Self::default()
    }

    /// Those whose provider, group and id match one of the patterns each; no pattern matches all.
    ///
    /// # Errors
    ///
    /// Which pattern is malformed.
    pub fn parse(subjects: &[String], groups: &[String], cases: &[String]) -> Result<Self, String> {
        let subjects = Patterns::parse(subjects)?;
        let (groups, cases) = (Patterns::parse(groups)?, Patterns::parse(cases)?);
        Ok(Self { subjects, groups, cases })
    }

    /// Whether each subject has a name of its own, and each pattern matches something: a name that
    /// two have says nothing in a report, and a pattern that matches nothing is a slip, and would
    /// leave out what somebody meant to run.
    ///
    /// # Errors
    ///
    /// The first name that two subjects have, with their types; else the first pattern that matches
    /// nothing, and what there is.
    pub fn check(&self, subjects: &[Registered]) -> Result<(), String> {
        are_told_apart(subjects)?;
        let providers: Vec<_> = subjects.iter().map(Registered::name).collect();
        let groups: Vec<_> = cases::GROUPS.iter().map(|(group, _)| *group).collect();
        let ids: Vec<_> = cases::all().map(|case| case.id).collect();
        self.subjects.check(
            "provider",
            &providers,
            &format!("there are {}", providers.join(", ")),
        )?;
        self.groups.check("group", &groups, &format!("there are {}", groups.join(", ")))?;
        self.cases.check("case", &ids, "see `cargo xtask conformance list`")
    }

    /// The cases that match.
    pub fn cases(&self) -> Vec<&'static Case> {
        let is_chosen =
            |case: &&Case| self.groups.is_match(case.group()) && self.cases.is_match(case.id);
        cases::all().filter(is_chosen).collect()
    }

    /// The subjects that match.
    pub fn subjects<'s>(&self, subjects: &'s [Registered]) -> Vec<&'s Registered> {
        subjects.iter().filter(|subject| self.subjects.is_match(subject.name())).collect()
    }
}

fn are_told_apart(subjects: &[Registered]) -> Result<(), String> {
    for (index, subject) in subjects.iter().enumerate() {
        let name = subject.name();
        if let Some(first) = subjects[..index].iter().find(|first| first.name() == name) {
            return Err(format!(
                "two providers are called `{name}`, `{}` and `{}`: give one of them another name, \
                 `#[auth(name = \"..\")]`",
                first.type_path(),
                subject.type_path()
            ));
        }
    }
    Ok(())
}

/// Patterns of which one has to match; none at all match everything.
#[derive(Debug, Clone, Default)]
struct Patterns(Vec<GlobMatcher>);

impl Patterns {
    fn parse(patterns: &[String]) -> Result<Self, String> {
        let parse = |pattern: &String| match Glob::new(pattern) {
            Ok(glob) => Ok(glob.compile_matcher()),
            Err(error) => Err(format!("the pattern {pattern:?}: {error}")),
        };
        patterns.iter().map(parse).collect::<Result<_, _>>().map(Self)
    }

    fn is_match(&self, name: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|pattern| pattern.is_match(name))
    }

    fn check(&self, what: &str, names: &[&str], advice: &str) -> Result<(), String> {
        let is_idle = |pattern: &&GlobMatcher| !names.iter().any(|name| pattern.is_match(name));
        match self.0.iter().find(is_idle) {
            Some(pattern) => {
                Err(format!("no {what} matches {:?}: {advice}", pattern.glob().glob()))
            }
            None => Ok(()),
        }
    }
}
