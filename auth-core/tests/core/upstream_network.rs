//! A vendor's interface over real connections on this machine: what it reads, and what is no answer.

use std::sync::Arc;

use auth_core::http::ReqwestClient;
use auth_core::upstream::{Upstream, UpstreamError};
use serde_json::{Value, json};

use crate::environment;
use crate::introspection_network::{answer, issuer};

async fn ask(url: &str) -> Result<Value, UpstreamError> {
    let environment = environment().with_http(Arc::new(ReqwestClient::new().unwrap()));
    let upstream = Upstream::at(url, &environment).unwrap().bearer(&"sk_1".to_owned().into());
    upstream.unwrap().get(&["users", "a/../b?c"]).json().await
}

#[tokio::test]
async fn the_question_goes_below_the_address_with_our_key() {
    let (url, asked) = issuer(answer("200 OK", r#"{"id":1}"#));
    assert_eq!(ask(&url).await, Ok(json!({"id": 1})));
    let request = asked.join().unwrap();
    let mut lines = request.lines();
    assert_eq!(lines.next(), Some("GET /introspect/users/a%2F..%2Fb%3Fc HTTP/1.1"));
    let lines: Vec<_> = lines.collect();
    for line in ["accept: application/json", "authorization: Bearer sk_1"] {
        assert!(lines.contains(&line), "{line}: {lines:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_no_part_of_an_answer_is_one() {
    let (elsewhere, _) = issuer(answer("200 OK", "{}"));
    let redirect =
        |status| format!("HTTP/1.1 {status}\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\n\r\n");
    for (reply, reason) in [
        (redirect("302 Found"), "the answer redirects elsewhere"),
        (redirect("307 Temporary Redirect"), "the answer redirects elsewhere"),
        (answer("500 Internal Server Error", "{}"), "it answered 500"),
        (answer("200 OK", &" ".repeat(1024 * 1024 + 1)), "the answer is longer than 1048576 bytes"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n{}".to_owned(), "the answer broke off"),
    ] {
        let (url, asked) = issuer(reply);
        assert_eq!(ask(&url).await, Err(UpstreamError::Unreachable(reason.into())));
        asked.join().unwrap();
    }
}
