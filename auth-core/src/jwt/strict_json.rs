//! JSON in, a value that everybody reads alike out.
//!
//! RFC 8725, section 2.4: two readers that disagree about a document are a way in. Refused are
//! repeated member names at any depth, a top level that is no object, and names that the JSON
//! library keeps for itself. Used by `claims`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The most members and elements in one document.
const MAX_ITEMS: usize = 4096;

/// Names with this prefix change how the JSON library reads a value.
const RESERVED: &str = "$serde_json::private::";

/// The one object that the text consists of; `None` when it is anything else.
pub(super) fn object(json: &[u8]) -> Option<Map<String, Value>> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let mut items = 0;
    let value = Strict { items: &mut items }.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

struct Strict<'i> {
    items: &'i mut usize,
}

impl Strict<'_> {
    fn count<E: Error>(&mut self) -> Result<(), E> {
        *self.items += 1;
        if *self.items > MAX_ITEMS { Err(E::custom("too many items")) } else { Ok(()) }
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
        while let Some(element) = elements.next_element_seed(Strict { items: self.items })? {
            self.count()?;
            array.push(element);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            self.count()?;
            if name.starts_with(RESERVED) || object.contains_key(&name) {
                return Err(A::Error::custom("a repeated or reserved name"));
            }
            let value = members.next_value_seed(Strict { items: self.items })?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
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
