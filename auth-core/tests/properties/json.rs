//! JSON as nobody should write it: texts, not values, since the spelling is what readers disagree
//! about.

use proptest::prelude::*;

/// A JSON text of any shape; most are valid.
pub(crate) fn text() -> impl Strategy<Value = String> {
    scalar().prop_recursive(4, 40, 6, |inner| {
        let members = prop::collection::vec((name(), inner.clone()), 0..6);
        let object = members.prop_map(|members| object(&members));
        let array = prop::collection::vec(inner, 0..6);
        prop_oneof![object, array.prop_map(|items| format!("[{}]", items.join(",")))]
    })
}

/// An object whose members are of any shape, with names that a reader knows among them.
pub(crate) fn members(
    names: &'static [&'static str],
) -> impl Strategy<Value = Vec<(String, String)>> {
    let known = prop::sample::select(names).prop_map(|name| format!("{name:?}"));
    let name = prop_oneof![4 => known, 1 => name()];
    prop::collection::vec((name, text()), 0..8)
}

/// Members, each already spelled, as one object.
pub(crate) fn object(members: &[(String, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(name, value)| format!("{name}:{value}")).collect();
    format!("{{{}}}", members.join(","))
}

/// A text or anything that only looks like JSON: broken, truncated, nested too deep.
pub(crate) fn document() -> impl Strategy<Value = Vec<u8>> {
    let nested = (prop::sample::select(&["[", "{\"a\":", "[{\"a\":"][..]), 0..400_usize)
        .prop_map(|(open, depth)| open.repeat(depth).into_bytes());
    let cut = (text(), any::<prop::sample::Index>())
        .prop_map(|(text, at)| text.as_bytes()[..at.index(text.len() + 1)].to_vec());
    prop_oneof![
        4 => text().prop_map(String::into_bytes),
        1 => cut,
        1 => nested,
        1 => prop::collection::vec(any::<u8>(), 0..64),
    ]
}

fn scalar() -> impl Strategy<Value = String> {
    let odd = &[
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-0.0",
        "1e999",
        "-1e999",
        "1e-999",
        "0.1",
        "01",
        "+1",
        "1.",
        ".5",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775809",
        "253402300799",
        "253402300800",
        "1800000000.5",
        "\"\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\ud83e\\udd80\"",
        "\"\u{feff}\"",
        "NaN",
        "Infinity",
        "'x'",
    ];
    prop_oneof![
        3 => prop::sample::select(&odd[..]).prop_map(str::to_owned),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<f64>().prop_map(|number| number.to_string()),
        2 => any::<String>().prop_map(|text| serde_json::Value::String(text).to_string()),
    ]
}

/// A member's name, spelled: plain, with escapes, or one that the JSON library keeps for itself.
fn name() -> impl Strategy<Value = String> {
    let odd = &[
        "\"a\"",
        "\"\\u0061\"",
        "\"\"",
        "\"$serde_json::private::Number\"",
        "\"$serde_json::private::RawValue\"",
        "\"\\u0024serde_json::private::RawValue\"",
        "\"__proto__\"",
        "\"\\ud800\"",
    ];
    prop_oneof![
        2 => prop::sample::select(&odd[..]).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| serde_json::Value::String(text).to_string()),
    ]
}
