//! All rules of a gate: a user and a request in, the first rule that decides out.
//!
//! Where there are rules, what none of them decides about is refused: a route that somebody adds
//! later is closed until a rule opens it. Mistakes are found when the table is made. Next:
//! `decision`.

use std::fmt;

use http::Method;

use super::public::AccessRules;
use super::rule::{Effect, Needs, Rule};
use super::target::Target;
use crate::error::{AuthError, Class};
use crate::provider::Principal;
use crate::request::Request;

/// The rules of a gate, in order.
pub(crate) struct RuleTable<U>(Vec<Rule<U>>);

impl<U> RuleTable<U> {
    /// A table of these rules.
    pub(crate) const fn new(rules: Vec<Rule<U>>) -> Self {
        Self(rules)
    }

    /// Everything that is wrong with it, each about a rule by its number and its text.
    pub(crate) fn problems(&self, access: &AccessRules) -> Vec<String> {
        let mut problems = Vec::new();
        for (index, rule) in self.0.iter().enumerate() {
            let name = format!("rule {}", index + 1);
            problems.extend(rule.problems.iter().map(|problem| format!("{name}: {problem}")));
            if !rule.problems.is_empty() {
                continue;
            }
            let earlier =
                self.0[..index].iter().enumerate().filter(|(_, it)| it.problems.is_empty());
            for (other, _) in earlier.filter(|(_, earlier)| earlier.shadows(rule)).take(1) {
                problems.push(format!(
                    "{name} ({rule}) is never reached: rule {} decides about all of it",
                    other + 1
                ));
            }
            problems.extend(dead(access, rule).map(|problem| format!("{name} ({rule}) {problem}")));
        }
        problems
    }

    /// The scopes that any rule asks for, each once, for a document that lists them.
    pub(crate) fn scopes(&self) -> Vec<&str> {
        let mut scopes: Vec<_> = self.0.iter().flat_map(Rule::scopes).collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes
    }
}

/// Why no user ever comes to this rule.
fn dead<U>(access: &AccessRules, rule: &Rule<U>) -> Option<String> {
    let is_kept_closed = access.protected().iter().any(|pattern| pattern.subsumes(&rule.pattern));
    let opened = access.public().iter().find(|pattern| pattern.subsumes(&rule.pattern))?;
    (!is_kept_closed).then(|| format!("is never asked: the path {opened} is public"))
}

impl<U: Principal> RuleTable<U> {
    /// What can be refused without knowing the user.
    pub(crate) fn admit(&self, request: &Request<'_>) -> Result<(), AuthError> {
        if self.0.is_empty() { Ok(()) } else { Target::read(request.path()).map(drop) }
    }

    /// Whether this user may do this. A path that some servers take for another has to pass as both.
    pub(crate) fn check(&self, user: &U, request: &Request<'_>) -> Result<(), AuthError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let target = Target::read(request.path())?;
        self.decide(target.path(), user, request).unwrap_or(Err(AuthError::AccessRefused))?;
        let other = target.other_reading();
        other.and_then(|path| self.decide(path, user, request)).unwrap_or(Ok(()))
    }

    /// What the first rule that decides says; nothing when none does.
    fn decide(&self, path: &str, user: &U, request: &Request<'_>) -> Option<Result<(), AuthError>> {
        let about = |rule: &&Rule<U>| rule.is_about(path, request.method());
        self.0.iter().filter(about).find_map(|rule| {
            match (rule.effect, rule.is_met(user, request)) {
                (Effect::Allow, answer) => Some(answer),
                (Effect::Deny, Ok(())) => Some(Err(AuthError::AccessRefused)),
                (Effect::Deny, Err(error)) if error.class() == Class::Forbidden => None,
                (Effect::Deny, Err(error)) => Some(Err(error)),
            }
        })
    }
}

/// A gate's table for people: paths, methods, and what they need, in the order in which they are
/// asked.
pub(crate) struct Listing<'t, U>(pub(crate) &'t AccessRules, pub(crate) &'t RuleTable<U>);

impl<U> fmt::Display for Listing<'_, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(access, RuleTable(rules)) = self;
        let mut lines: Vec<[String; 3]> = Vec::new();
        let any = || "any".to_owned();
        let closed = access.protected().iter();
        lines.extend(closed.map(|pattern| [pattern.to_string(), any(), "a user".to_owned()]));
        let open = access.openings();
        lines.extend(open.map(|(pattern, who)| [pattern.to_string(), any(), who.to_owned()]));
        for rule in rules {
            let names = |methods: &Vec<Method>| {
                methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ")
            };
            let methods = rule.methods.as_ref().map_or_else(any, names);
            lines.push([rule.pattern.to_string(), methods, Needs(rule).to_string()]);
        }
        let rest = if rules.is_empty() { "any user" } else { "refused" };
        lines.push(["everything else".to_owned(), any(), rest.to_owned()]);
        let width = |column: usize| lines.iter().map(|line| line[column].len()).max().unwrap_or(0);
        let (paths, methods) = (width(0), width(1));
        for [path, method, needs] in &lines {
            writeln!(f, "{path:paths$}  {method:methods$}  {needs}")?;
        }
        Ok(())
    }
}

impl<U> fmt::Debug for RuleTable<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}
