//! Options that are given by name, as a configuration file has them: names and texts in, one text
//! an option out. Next: `lookup`.

use std::fmt;

use zeroize::Zeroizing;

/// Options by name, each a text that is read exactly as its variable would be.
///
/// They rank with the builder's setters, before every variable. What is wrong with them, an unknown
/// name, a blank text, an option given twice, joins the report of the build.
///
/// ```
/// use auth_core::config::Texts;
///
/// let texts = Texts::from([("domain", "acme.eu.auth0.com"), ("leeway", "5s")]);
/// assert_eq!(format!("{texts:?}"), r#"{"domain", "leeway"}"#);
/// ```
#[derive(Clone, Default)]
pub struct Texts(Vec<(String, Zeroizing<String>)>);

impl Texts {
    /// No texts at all.
    pub const fn empty() -> Self {
        Self(Vec::new())
    }

    /// Adds one. A second one of the same name is kept, to be reported.
    pub fn set(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.0.push((name.into(), Zeroizing::new(text.into())));
    }

    /// Adds those of another.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// The names, in the order in which they were given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Every text that was given under that name.
    pub(super) fn take(&mut self, name: &str) -> Vec<Zeroizing<String>> {
        let named = self.0.extract_if(.., |(other, _)| other == name);
        named.map(|(_, text)| text).collect()
    }
}

impl<K: Into<String>, V: Into<String>> Extend<(K, V)> for Texts {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        for (name, text) in pairs {
            self.set(name, text);
        }
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Texts {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut texts = Self::empty();
        texts.extend(pairs);
        texts
    }
}

impl<K: Into<String>, V: Into<String>, const N: usize> From<[(K, V); N]> for Texts {
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

/// Names only: any text may be a secret.
impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
