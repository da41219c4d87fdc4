//! Firestore's typed values in, plain JSON out:
//! <https://firebase.google.com/docs/firestore/reference/rest/v1/Value>.

use serde_json::{Map, Value};

/// The fields of a document or of a map; `None` when one is of no known type.
pub(super) fn fields(typed: &Map<String, Value>) -> Option<Map<String, Value>> {
    typed.iter().map(|(name, value)| Some((name.clone(), plain(value)?))).collect()
}

/// One value. A number that JSON cannot write (`NaN`, `Infinity`) stays a text, as does a time.
fn plain(typed: &Value) -> Option<Value> {
    let members = typed.as_object().filter(|members| members.len() == 1)?;
    let (kind, value) = members.iter().next()?;
    match (kind.as_str(), value) {
        ("nullValue", _) => Some(Value::Null),
        ("booleanValue", Value::Bool(_))
        | ("doubleValue", Value::Number(_) | Value::String(_))
        | ("stringValue" | "timestampValue" | "bytesValue" | "referenceValue", Value::String(_))
        | ("geoPointValue", Value::Object(_)) => Some(value.clone()),
        ("integerValue", Value::String(text)) => text.parse().ok().map(|number: i64| number.into()),
        ("integerValue", Value::Number(number)) => number.as_i64().map(Value::from),
        ("arrayValue", Value::Object(array)) => match array.get("values") {
            None => Some(Value::Array(Vec::new())),
            Some(values) => {
                values.as_array()?.iter().map(plain).collect::<Option<_>>().map(Value::Array)
            }
        },
        ("mapValue", Value::Object(map)) => match map.get("fields") {
            None => Some(Value::Object(Map::new())),
            Some(inner) => fields(inner.as_object()?).map(Value::Object),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_type_becomes_plain_json() {
        let cases = [
            (json!({ "nullValue": null }), json!(null)),
            (json!({ "booleanValue": true }), json!(true)),
            (json!({ "integerValue": "-9007199254740993" }), json!(-9_007_199_254_740_993_i64)),
            (json!({ "integerValue": 3 }), json!(3)),
            (json!({ "doubleValue": 0.5 }), json!(0.5)),
            (json!({ "doubleValue": "NaN" }), json!("NaN")),
            (json!({ "stringValue": "admin" }), json!("admin")),
            (json!({ "timestampValue": "2024-01-01T00:00:00Z" }), json!("2024-01-01T00:00:00Z")),
            (json!({ "bytesValue": "AQI=" }), json!("AQI=")),
            (json!({ "referenceValue": "projects/p/x" }), json!("projects/p/x")),
            (
                json!({ "geoPointValue": { "latitude": 1.5, "longitude": 2 } }),
                json!({ "latitude": 1.5, "longitude": 2 }),
            ),
            (json!({ "arrayValue": {} }), json!([])),
            (
                json!({ "arrayValue": { "values": [{ "stringValue": "a" }, { "integerValue": "1" }] } }),
                json!(["a", 1]),
            ),
            (json!({ "mapValue": {} }), json!({})),
            (
                json!({ "mapValue": { "fields": { "deep": { "booleanValue": false } } } }),
                json!({ "deep": false }),
            ),
        ];
        for (typed, expected) in cases {
            assert_eq!(plain(&typed), Some(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_of_no_known_type_is_not_guessed() {
        let wrong = [
            json!("admin"),
            json!({}),
            json!({ "stringValue": "a", "booleanValue": true }),
            json!({ "stringValue": 1 }),
            json!({ "integerValue": "many" }),
            json!({ "arrayValue": { "values": {} } }),
            json!({ "newValue": 1 }),
        ];
        for typed in wrong {
            assert_eq!(plain(&typed), None, "{typed}");
        }
    }
}
