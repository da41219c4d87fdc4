//! The second reader of claims: JSON in, values out, built while it is read and refused as soon as
//! readers could disagree.
//!
//! The core notes where claims are and builds nothing until it is asked. This one does the same work
//! the plain way; for whatever is put to both, verdict and values have to be the same.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use auth_core::{AuthError, Claims};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The most members and elements in one document.
const MAX_ITEMS: usize = 4096;

/// Names with this prefix change how the JSON library reads a value.
const RESERVED: &str = "$serde_json::private::";

/// The last second of the year 9999.
const LAST_SECOND: f64 = 253_402_300_799.0;

/// The answer to a token with this payload and a good signature, beside what is read here.
pub(crate) fn assert_agrees(payload: &[u8], answer: &Result<Claims, AuthError>) {
    match (object(payload), answer) {
        (Some(values), Ok(claims)) => assert_reads_as(claims, &values),
        (None, Ok(_)) => panic!("accepted, though readers could disagree"),
        (read, Err(error)) => {
            assert_eq!(error.code() == "claims_malformed", read.is_none(), "{error:?}");
        }
    }
}

/// Every way to look a claim up, beside these values.
fn assert_reads_as(claims: &Claims, values: &Map<String, Value>) {
    let text = |name: &str| values.get(name).and_then(Value::as_str);
    for name in values.keys() {
        assert_eq!(claims.claim(name), text(name), "{name:?}");
    }
    assert_eq!(claims.issuer(), text("iss"));
    let audiences = match &values["aud"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => Vec::from_iter(one.as_str()),
    };
    assert!(claims.audiences().eq(audiences));
    assert!(
        claims
            .scopes()
            .eq(text("scope").unwrap_or_default().split(' ').filter(|it| !it.is_empty()))
    );
    let time = values.get("exp").and_then(Value::as_f64);
    let time = time.filter(|time| (0.0..=LAST_SECOND).contains(time));
    assert_eq!(
        claims.expires_at().map(|it| it.as_secs()),
        time.map(|it| Duration::from_secs_f64(it).as_secs())
    );
    assert_eq!(claims.claim("no such claim"), None);
    assert_eq!(claims.names().collect::<BTreeSet<_>>(), values.keys().map(|it| &**it).collect());
    for (name, value) in values {
        assert_eq!(claims.get(name), Some(value), "{name:?}");
    }
}

/// The one object that the text consists of; `None` when it is anything else.
pub(crate) fn object(json: &[u8]) -> Option<Map<String, Value>> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let mut items = 0;
    let value = Strict(&mut items).deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

struct Strict<'r>(&'r mut usize);

impl Strict<'_> {
    fn count<E: Error>(&mut self) -> Result<(), E> {
        *self.0 += 1;
        if *self.0 > MAX_ITEMS { Err(E::custom("too many items")) } else { Ok(()) }
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
        while let Some(name) = members.next_key::<String>()? {
            self.count()?;
            if name.starts_with(RESERVED) || object.contains_key(&name) {
                return Err(A::Error::custom("a repeated or reserved name"));
            }
            let value = members.next_value_seed(Strict(self.0))?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}
