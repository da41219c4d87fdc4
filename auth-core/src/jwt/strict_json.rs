//! JSON in, an outline of its members out: a document that everybody reads alike.
//!
//! RFC 8725, section 2.4: two readers that disagree about a document are a way in. Refused are
//! repeated member names at any depth, a top level that is no object, and names that the JSON
//! library keeps for itself. Nothing is built: most values are never asked for. Next: `document`.
//!
//! With the feature `arbitrary_precision`, which any crate of an application can switch on, the
//! JSON library hands numbers over as objects with one such name. Those are told from objects that
//! somebody wrote by the text: it does not hold the name.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::names::{Names, Opened};
use super::outline::{Found, Outline};
use super::text::Text;

/// The most members and elements in one document.
const MAX_ITEMS: usize = 4096;

/// Names with this prefix change how the JSON library reads a value.
const RESERVED: &str = "$serde_json::private::";

/// The name under which numbers come as objects, and what to look for in a text to find it written.
const NUMBER: &str = "$serde_json::private::Number";
const WRITTEN: &[u8] = b"serde_json";

/// Whether numbers come as objects in this build.
static NUMBERS_ARE_OBJECTS: LazyLock<bool> = LazyLock::new(|| {
    let mut deserializer = serde_json::Deserializer::from_str("1.5");
    deserializer.deserialize_any(Probe).unwrap_or(true)
});

/// An outline of the one object that the text consists of; `None` when it is anything else.
pub(super) fn outline(json: &str) -> Option<Outline> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let mut reading = Reading {
        json,
        items: 0,
        numbers_are_objects: numbers_are_objects(json.as_bytes()),
        names: Names::new(),
        outline: Outline::new(),
    };
    deserializer.deserialize_map(Document(&mut reading)).ok()?;
    deserializer.end().ok()?;
    Some(reading.outline)
}

/// The same object as values.
pub(crate) fn object(json: &[u8]) -> Option<Map<String, Value>> {
    let json = std::str::from_utf8(json).ok()?;
    outline(json)?;
    serde_json::from_str(json).ok()
}

fn numbers_are_objects(json: &[u8]) -> bool {
    *NUMBERS_ARE_OBJECTS && !json.windows(WRITTEN.len()).any(|window| window == WRITTEN)
}

struct Reading<'de> {
    json: &'de str,
    items: usize,
    numbers_are_objects: bool,
    names: Names<'de>,
    outline: Outline,
}

impl<'de> Reading<'de> {
    fn count<E: Error>(&mut self) -> Result<(), E> {
        self.items += 1;
        if self.items > MAX_ITEMS { Err(E::custom("too many items")) } else { Ok(()) }
    }

    /// Takes note of a member of the innermost object.
    fn enter<E: Error>(&mut self, name: Cow<'de, str>, object: Opened) -> Result<(), E> {
        let is_reserved = name.starts_with(RESERVED);
        if self.names.add(name, object) && !is_reserved { Ok(()) } else { Err(refused()) }
    }

    /// Ends the innermost object.
    fn leave<E: Error>(&mut self, object: Opened) -> Result<(), E> {
        if self.names.close(object) { Ok(()) } else { Err(refused()) }
    }
}

fn refused<E: Error>() -> E {
    E::custom("a repeated or reserved name")
}

/// Sees whether a number comes as an object.
struct Probe;

impl Visitor<'_> for Probe {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }
}

/// The top level.
struct Document<'r, 'de>(&'r mut Reading<'de>);

impl<'de> Visitor<'de> for Document<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self(reading) = self;
        let object = reading.names.open();
        while let Some(Text(name)) = members.next_key()? {
            reading.count()?;
            let place = reading.outline.place(reading.json, &name);
            reading.enter(name, object)?;
            let found = members.next_value_seed(Strict(reading))?;
            reading.outline.members.push((place, found));
        }
        reading.leave(object)
    }
}

/// Any value below.
struct Strict<'r, 'de>(&'r mut Reading<'de>);

impl<'de> DeserializeSeed<'de> for Strict<'_, 'de> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_, 'de> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Found, E> {
        Ok(Found::Other)
    }

    fn visit_u64<E>(self, value: u64) -> Result<Found, E> {
        Ok(Found::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Found, E> {
        Ok(Found::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Found, E> {
        Number::from_f64(value).map(Found::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Found, E> {
        Ok(Found::Text(self.0.outline.place(self.0.json, value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Found, E> {
        Ok(Found::Text(self.0.outline.place(self.0.json, value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Found, A::Error> {
        let Self(reading) = self;
        let mut list = reading.outline.list();
        while let Some(element) = elements.next_element_seed(Strict(reading))? {
            reading.count()?;
            list = reading.outline.extend(list, element);
        }
        Ok(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Found, A::Error> {
        let Self(reading) = self;
        let object = reading.names.open();
        while let Some(Text(name)) = members.next_key()? {
            reading.count()?;
            if reading.numbers_are_objects && matches!(name, Cow::Borrowed(NUMBER)) {
                return number(&members.next_value::<String>()?);
            }
            reading.enter(name, object)?;
            members.next_value_seed(Strict(reading))?;
        }
        reading.leave(object)?;
        Ok(Found::Other)
    }
}

fn number<E: Error>(text: &str) -> Result<Found, E> {
    serde_json::from_str::<Number>(text).map(Found::Number).map_err(E::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_with_each_member_once_is_read_whole() {
        let read = object(br#"{"a":[1,-2,2.5,null,true,"x"],"b":{"c":{}}}"#).unwrap();
        assert_eq!(
            Value::Object(read).to_string(),
            r#"{"a":[1,-2,2.5,null,true,"x"],"b":{"c":{}}}"#
        );
    }

    #[test]
    fn what_readers_disagree_about_is_refused() {
        let nested = format!("{{\"a\":{}1{}}}", "[".repeat(200), "]".repeat(200));
        let many = format!("{{\"a\":[{}0]}}", "0,".repeat(MAX_ITEMS));
        for json in [
            r#"{"a":1,"a":2}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"a":{"b":1,"b":2}}"#,
            r#"{"a":{"$serde_json::private::RawValue":"[]"}}"#,
            r#"{"a":{"\u0024serde_json::private::RawValue":"[]"}}"#,
            "[]",
            "null",
            "{}{}",
            "{} x",
            "{\"a\":1e999}",
            &nested,
            &many,
        ] {
            assert!(object(json.as_bytes()).is_none(), "{json:.60}");
        }
    }
}
