//! One rule: for these paths and methods, users who meet this may.
//!
//! In: a verified user and a request. Out: whether the rule decides, and how. Next: `table`, which
//! asks one after the other.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::Method;

use super::pattern::Pattern;
use crate::error::AuthError;
use crate::options::IntoAccess;
use crate::provider::{Access, Principal};
use crate::request::Request;

/// What users may do where.
///
/// A rule that allows, which is what a rule does unless told otherwise, decides about its paths and
/// methods: whoever does not meet all it asks for is refused. A rule that denies decides only about
/// those who meet what it asks for; the others go on to the next rule.
///
/// ```
/// use auth_core::access::Rule;
/// use auth_core::Claims;
///
/// let rules: [Rule<Claims>; 3] = [
///     Rule::on("/admin/*").role("admin"),
///     Rule::on("/orders/*").methods(["POST", "PUT"]).scope("write:orders"),
///     Rule::everywhere(),
/// ];
/// assert_eq!(rules[0].to_string(), "/admin/*: the role `admin`");
/// assert_eq!(rules[1].to_string(), "POST, PUT /orders/*: the scope `write:orders`");
/// ```
pub struct Rule<U> {
    pub(super) pattern: Pattern,
    /// None means any.
    pub(super) methods: Option<Vec<Method>>,
    pub(super) effect: Effect,
    needs: Vec<Need<U>>,
    pub(super) problems: Vec<String>,
}

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// What a rule asks of a user.
enum Need<U> {
    /// One of these scopes.
    Scope(Vec<Cow<'static, str>>),
    /// One of these roles.
    Role(Vec<Cow<'static, str>>),
    /// One of these permissions.
    Permission(Vec<Cow<'static, str>>),
    /// The application's own question.
    Condition(Condition<U>),
}

type Condition<U> = Arc<dyn Fn(&U, &Request<'_>) -> Result<Access, AuthError> + Send + Sync>;

/// The methods that RFC 9110, section 9.3, and RFC 5789 define, less `CONNECT` and `TRACE`.
const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

impl<U> Rule<U> {
    /// A rule about the paths of a pattern: `/admin`, `/admin/*`, `/users/:id/orders`.
    pub fn on(pattern: &str) -> Self {
        let (pattern, problems) = match Pattern::parse(pattern) {
            Ok(pattern) => (pattern, Vec::new()),
            Err(problem) => (Pattern::everything(), vec![problem]),
        };
        Self { pattern, methods: None, effect: Effect::Allow, needs: Vec::new(), problems }
    }

    /// A rule about every path: as the last one it says what holds for all the others.
    pub fn everywhere() -> Self {
        Self::on("/*")
    }

    /// Only these methods, in capital letters. `GET` covers `HEAD`.
    pub fn methods<M: AsRef<str>>(mut self, methods: impl IntoIterator<Item = M>) -> Self {
        let mut known = Vec::new();
        for method in methods {
            let name = method.as_ref();
            match Method::from_bytes(name.as_bytes()) {
                Ok(method) if KNOWN.contains(&name) => known.push(method),
                _ => self.problems.push(format!(
                    "the method {name:?} is unknown: there are {}",
                    KNOWN.join(", ")
                )),
            }
        }
        if known.is_empty() && self.problems.is_empty() {
            self.problems.push("its list of methods is empty: it would match nothing".to_owned());
        }
        self.methods = Some(known);
        self
    }

    /// The user's client has to have this scope.
    pub fn scope(self, scope: impl Into<Cow<'static, str>>) -> Self {
        self.any_scope([scope])
    }

    /// The user's client has to have one of these scopes.
    pub fn any_scope<S: Into<Cow<'static, str>>>(
        self,
        scopes: impl IntoIterator<Item = S>,
    ) -> Self {
        let mut rule = self.need("scope", scopes, Need::Scope);
        if !rule.scopes().all(is_scope) {
            let problem = "a scope that it asks for has a space, a quotation mark or a backslash";
            rule.problems.push(problem.to_owned());
        }
        rule
    }

    /// The user has to have this role.
    pub fn role(self, role: impl Into<Cow<'static, str>>) -> Self {
        self.any_role([role])
    }

    /// The user has to have one of these roles.
    pub fn any_role<S: Into<Cow<'static, str>>>(self, roles: impl IntoIterator<Item = S>) -> Self {
        self.need("role", roles, Need::Role)
    }

    /// The user has to have this permission.
    pub fn permission(self, permission: impl Into<Cow<'static, str>>) -> Self {
        self.any_permission([permission])
    }

    /// The user has to have one of these permissions.
    pub fn any_permission<S: Into<Cow<'static, str>>>(
        self,
        permissions: impl IntoIterator<Item = S>,
    ) -> Self {
        self.need("permission", permissions, Need::Permission)
    }

    /// The application's own condition; an error in it is 503, never an allow.
    pub fn condition<F, R>(mut self, condition: F) -> Self
    where
        F: Fn(&U, &Request<'_>) -> R + Send + Sync + 'static,
        R: IntoAccess,
    {
        let condition =
            move |user: &U, request: &Request<'_>| condition(user, request).into_access();
        self.needs.push(Need::Condition(Arc::new(condition)));
        self
    }

    /// Refuses those who meet what the rule asks for, instead of letting them in.
    pub const fn deny(mut self) -> Self {
        self.effect = Effect::Deny;
        self
    }

    fn need<S: Into<Cow<'static, str>>>(
        mut self,
        what: &str,
        words: impl IntoIterator<Item = S>,
        need: fn(Vec<Cow<'static, str>>) -> Need<U>,
    ) -> Self {
        let words: Vec<Cow<'static, str>> = words.into_iter().map(Into::into).collect();
        if words.is_empty() || words.iter().any(|word| word.trim().is_empty()) {
            self.problems.push(format!("a {what} that it asks for is missing or blank"));
        }
        self.needs.push(need(words));
        self
    }

    /// Whether it is about this path and method. `HEAD` follows the rules of `GET`.
    pub(super) fn is_about(&self, path: &str, method: &Method) -> bool {
        let fits = |methods: &Vec<Method>| covers(methods, method);
        self.pattern.matches(path) && self.methods.as_ref().is_none_or(fits)
    }

    /// Whether it decides about every request that `later` is about.
    pub(super) fn shadows(&self, later: &Self) -> bool {
        let decides = self.effect == Effect::Allow || self.needs.is_empty();
        let has_methods = match (&self.methods, &later.methods) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(ours), Some(theirs)) => theirs.iter().all(|method| covers(ours, method)),
        };
        decides && has_methods && self.pattern.subsumes(&later.pattern)
    }

    /// The scopes that a client could ask for to meet it.
    pub(super) fn scopes(&self) -> impl Iterator<Item = &str> {
        let lists = self.needs.iter().filter_map(|need| match need {
            Need::Scope(scopes) => Some(scopes),
            _ => None,
        });
        lists.flatten().map(AsRef::as_ref)
    }
}

impl<U: Principal> Rule<U> {
    /// Whether the user meets all that it asks for, and the first thing that they do not.
    pub(super) fn is_met(&self, user: &U, request: &Request<'_>) -> Result<(), AuthError> {
        self.needs.iter().try_for_each(|need| need.is_met(user, request))
    }
}

impl<U: Principal> Need<U> {
    fn is_met(&self, user: &U, request: &Request<'_>) -> Result<(), AuthError> {
        let has = |words: &[Cow<'static, str>], has: &dyn Fn(&str) -> bool| {
            words.iter().any(|word| has(word))
        };
        let is_met = match self {
            Self::Scope(scopes) if !has(scopes, &|scope| user.has_scope(scope)) => {
                return Err(AuthError::ScopeMissing(scopes.join(" ").into()));
            }
            Self::Scope(_) => true,
            Self::Role(roles) => has(roles, &|role| user.has_role(role)),
            Self::Permission(all) => has(all, &|permission| user.has_permission(permission)),
            Self::Condition(condition) => condition(user, request)? == Access::Granted,
        };
        if is_met { Ok(()) } else { Err(AuthError::AccessRefused) }
    }
}

impl<U> fmt::Display for Need<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, words) = match self {
            Self::Scope(words) => ("the scope", words),
            Self::Role(words) => ("the role", words),
            Self::Permission(words) => ("the permission", words),
            Self::Condition(_) => return f.write_str("the application's condition"),
        };
        write!(f, "{what} `{}`", words.join("` or `"))
    }
}

/// Whether a rule about these methods is about this one. `GET` covers `HEAD`, and not the other way
/// round: who opens `HEAD` has not opened what `GET` answers.
fn covers(methods: &[Method], method: &Method) -> bool {
    methods
        .iter()
        .any(|known| known == method || (*known == Method::GET && *method == Method::HEAD))
}

/// The characters of `scope-token` in RFC 6749, section 3.3.
fn is_scope(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'))
}

/// What it asks for, in words.
pub(super) struct Needs<'r, U>(pub(super) &'r Rule<U>);

impl<U> fmt::Display for Needs<'_, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rule { needs, effect, .. } = self.0;
        match effect {
            Effect::Deny if needs.is_empty() => return f.write_str("refused"),
            Effect::Deny => f.write_str("refused with ")?,
            Effect::Allow if needs.is_empty() => return f.write_str("any user"),
            Effect::Allow => {}
        }
        for (index, need) in needs.iter().enumerate() {
            write!(f, "{}{need}", if index == 0 { "" } else { " and " })?;
        }
        Ok(())
    }
}

impl<U> fmt::Display for Rule<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(methods) = &self.methods {
            let names: Vec<_> = methods.iter().map(Method::as_str).collect();
            write!(f, "{} ", names.join(", "))?;
        }
        write!(f, "{}: {}", self.pattern, Needs(self))
    }
}

impl<U> fmt::Debug for Rule<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({self})")
    }
}
