//! JSON in, a value that everybody reads alike out.
//!
//! RFC 8725, section 2.4: two readers that disagree about a document are a way in. Refused are
//! repeated member names at any depth, a top level that is no object, and names that the JSON
//! library keeps for itself. Used by `claims`.
//!
//! With the feature `arbitrary_precision`, which any crate of an application can switch on, the
//! JSON library hands numbers over as objects with one such name. Those are told from objects that
//! somebody wrote by the text: it does not hold the name.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

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

/// The one object that the text consists of; `None` when it is anything else.
pub(crate) fn object(json: &[u8]) -> Option<Map<String, Value>> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let mut reading = Reading { items: 0, numbers_are_objects: numbers_are_objects(json) };
    let value = Strict(&mut reading).deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

fn numbers_are_objects(json: &[u8]) -> bool {
    *NUMBERS_ARE_OBJECTS && !json.windows(WRITTEN.len()).any(|window| window == WRITTEN)
}

struct Reading {
    items: usize,
    numbers_are_objects: bool,
}

struct Strict<'r>(&'r mut Reading);

impl Strict<'_> {
    fn count<E: Error>(&mut self) -> Result<(), E> {
        self.0.items += 1;
        if self.0.items > MAX_ITEMS { Err(E::custom("too many items")) } else { Ok(()) }
    }
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

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(element) = elements.next_element_seed(Strict(self.0))? {
            self.count()?;
            array.push(element);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(Text(name)) = members.next_key()? {
            self.count()?;
            if self.0.numbers_are_objects && matches!(name, Cow::Borrowed(NUMBER)) {
                return number(&members.next_value::<String>()?);
            }
            if name.starts_with(RESERVED) || object.contains_key(&*name) {
                return Err(A::Error::custom("a repeated or reserved name"));
            }
            let value = members.next_value_seed(Strict(self.0))?;
            object.insert(name.into_owned(), value);
        }
        Ok(Value::Object(object))
    }
}

fn number<E: Error>(text: &str) -> Result<Value, E> {
    serde_json::from_str::<Number>(text).map(Value::Number).map_err(E::custom)
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
