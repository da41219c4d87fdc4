//! Environment variables: a name in, its text out. The only file that reads `std::env`.
//!
//! A library that reads the process environment wherever it likes cannot be tested without
//! `set_var`, which races with every other thread. Here the variables are a value. Next: `value`.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Where options are looked up: the process environment, or a fixed table.
///
/// ```
/// use auth_core::config::Vars;
///
/// let vars = Vars::from([("AUTH0_DOMAIN", "acme.eu.auth0.com")]);
/// assert_eq!(vars.get("AUTH0_DOMAIN").unwrap().as_deref(), Some("acme.eu.auth0.com"));
/// assert_eq!(vars.get("AUTH0_AUDIENCE").unwrap(), None);
/// ```
#[derive(Clone)]
pub struct Vars(Source);

#[derive(Clone)]
enum Source {
    Process,
    Table(Arc<BTreeMap<String, String>>),
}

/// The variable is set to bytes that are not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUnicode;

impl Vars {
    /// The variables of this process, read at the moment a provider is built.
    pub const fn process() -> Self {
        Self(Source::Process)
    }

    /// No variables at all.
    pub fn empty() -> Self {
        Self(Source::Table(Arc::default()))
    }

    /// The text of one variable; `None` when it is not set.
    ///
    /// # Errors
    ///
    /// [`NotUnicode`] when the process has it set to something that is not UTF-8.
    pub fn get(&self, name: &str) -> Result<Option<String>, NotUnicode> {
        match &self.0 {
            Source::Process => match std::env::var(name) {
                Ok(text) => Ok(Some(text)),
                Err(std::env::VarError::NotPresent) => Ok(None),
                Err(std::env::VarError::NotUnicode(_)) => Err(NotUnicode),
            },
            Source::Table(table) => Ok(table.get(name).cloned()),
        }
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Vars {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let table = pairs.into_iter().map(|(name, text)| (name.into(), text.into())).collect();
        Self(Source::Table(Arc::new(table)))
    }
}

impl<K: Into<String>, V: Into<String>, const N: usize> From<[(K, V); N]> for Vars {
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

/// Names only: any value may be a secret.
impl std::fmt::Debug for Vars {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Source::Process => f.write_str("Vars::process()"),
            Source::Table(table) => f.debug_set().entries(table.keys()).finish(),
        }
    }
}
