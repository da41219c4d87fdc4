//! An option that is mostly one value and sometimes several: a text, or texts separated by commas,
//! in; a list that is never empty out. Next: `domain`.

use std::fmt::Display;

use super::{Domain, FromEnv, Kind, ValueError};

/// One value or several, never none. A setter takes one text, an array of texts or a list of values;
/// a variable is read as a list is, separated by commas.
///
/// ```
/// use auth_core::config::{FromEnv, OneOrMore};
///
/// let one = OneOrMore::<String>::try_from("https://api.example/a,b")?;
/// assert_eq!(one.as_slice(), ["https://api.example/a,b"]);
/// let several = OneOrMore::<String>::from_env("orders, invoices")?;
/// assert_eq!(several.as_slice(), ["orders", "invoices"]);
/// assert!(OneOrMore::<String>::try_from(Vec::new()).is_err());
/// # Ok::<_, auth_core::config::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMore<T>(Vec<T>);

impl<T> OneOrMore<T> {
    /// The values; at least one.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// The values, in the order in which they were given.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<'l, T> IntoIterator for &'l OneOrMore<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: FromEnv> FromEnv for OneOrMore<T> {
    const KIND: Kind = Kind::List;
    const SECRET: bool = T::SECRET;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Vec::from_env(text)?.try_into()
    }
}

impl<T> TryFrom<Vec<T>> for OneOrMore<T> {
    type Error = ValueError;

    fn try_from(values: Vec<T>) -> Result<Self, ValueError> {
        if values.is_empty() {
            Err(ValueError::new("at least one value"))
        } else {
            Ok(Self(values))
        }
    }
}

impl TryFrom<&str> for OneOrMore<String> {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Ok(Self(vec![text.to_owned()]))
    }
}

impl TryFrom<String> for OneOrMore<String> {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        Ok(Self(vec![text]))
    }
}

impl TryFrom<&str> for OneOrMore<Domain> {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Ok(Self(vec![Domain::parse(text)?]))
    }
}

impl<'t, T, const N: usize> TryFrom<[&'t str; N]> for OneOrMore<T>
where
    T: TryFrom<&'t str, Error: Display>,
{
    type Error = ValueError;

    fn try_from(texts: [&'t str; N]) -> Result<Self, ValueError> {
        let value = |text: &'t str| {
            T::try_from(text).map_err(|error| ValueError::new(error.to_string()).found(text))
        };
        texts.into_iter().map(value).collect::<Result<Vec<_>, _>>()?.try_into()
    }
}
