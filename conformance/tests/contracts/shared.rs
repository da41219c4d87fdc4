//! What contracts read: answers of a fake, and what a token says.

use auth_conformance::fake::Fake;
use auth_conformance::forge::unb64;
use auth_core::http::HttpRequest;
use serde_json::Value;

/// The JSON at an address of the vendor's, which answers 200.
pub(crate) async fn got(fake: &Fake, url: &str) -> Value {
    let request = HttpRequest::get(url.parse().unwrap());
    let answer = fake.environment().http().send(request).await.unwrap();
    assert_eq!(answer.status, 200, "{url}");
    assert_eq!(answer.headers["content-type"], "application/json", "{url}");
    serde_json::from_slice(&answer.body).unwrap()
}

/// The keys at an address, with the id of the one that signs first.
pub(crate) async fn keys(fake: &Fake, url: &str) -> Vec<Value> {
    let document = got(fake, url).await;
    let keys = document["keys"].as_array().unwrap().clone();
    assert_eq!(keys[0]["kid"], header(&fake.good_token())["kid"]);
    assert!(keys.iter().all(|key| key["kid"].is_string() && key["use"].is_string()), "{keys:?}");
    keys
}

/// The header of a token.
pub(crate) fn header(token: &str) -> Value {
    part(token, 0)
}

/// The claims of a token.
pub(crate) fn claims(token: &str) -> Value {
    part(token, 1)
}

/// Each of these members is a text.
pub(crate) fn assert_texts(value: &Value, members: &[&str]) {
    for member in members {
        assert!(value[*member].is_string(), "{member}: {value}");
    }
}

fn part(token: &str, place: usize) -> Value {
    serde_json::from_slice(&unb64(token.split('.').nth(place).unwrap())).unwrap()
}
