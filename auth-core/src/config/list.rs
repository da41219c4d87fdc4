//! Lists: texts separated by commas in, a value an entry out, or every entry that is wrong. Next:
//! `domain`.

use std::collections::BTreeSet;

use super::{FromEnv, Kind, ValueError};

/// The most wrong entries that a message names.
const MOST: usize = 5;

/// Separated by commas; white space around an entry is dropped, and an empty entry refused. A list
/// of secrets is a secret.
///
/// ```
/// use auth_core::config::FromEnv;
///
/// assert_eq!(Vec::from_env("80, 443"), Ok(vec![80_u16, 443]));
/// let error = Vec::<bool>::from_env("yes, maybe").unwrap_err();
/// assert_eq!(error.to_string(), "entry 2: expected true or false, found \"maybe\"");
/// ```
///
/// A list of lists has no text, and does not compile:
///
/// ```compile_fail
/// use auth_core::config::FromEnv;
///
/// let _ = Vec::<Vec<String>>::from_env("a, b");
/// ```
impl<T: FromEnv> FromEnv for Vec<T> {
    const KIND: Kind = kind_of_list::<T>();
    const SECRET: bool = T::SECRET;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        const { kind_of_list::<T>() };
        entries(text)
    }
}

/// As a [`Vec`]; an entry that is there twice is there once.
impl<T: FromEnv + Ord> FromEnv for BTreeSet<T> {
    const KIND: Kind = kind_of_list::<T>();
    const SECRET: bool = T::SECRET;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        const { kind_of_list::<T>() };
        entries(text).map(Self::from_iter)
    }
}

const fn kind_of_list<T: FromEnv>() -> Kind {
    assert!(
        !matches!(T::KIND, Kind::List),
        "a list of lists cannot be written in one text: name a parser, `#[auth(parse = ..)]`"
    );
    Kind::List
}

fn entries<T: FromEnv>(text: &str) -> Result<Vec<T>, ValueError> {
    let texts: Vec<_> = text.split(',').map(str::trim).collect();
    if texts.contains(&"") {
        let error = ValueError::new("texts separated by single commas");
        return Err(if T::SECRET { error } else { error.found(text) });
    }
    let (mut values, mut wrong) = (Vec::new(), Vec::new());
    for (place, text) in (1..).zip(texts) {
        match T::from_env(text) {
            Ok(value) => values.push(value),
            Err(error) => wrong.push((place, error)),
        }
    }
    if wrong.is_empty() {
        return Ok(values);
    }
    wrong.truncate(MOST);
    let error = ValueError::in_entries(wrong);
    Err(if T::SECRET { error.without_value() } else { error })
}
