//! Opaque tokens over real connections on this machine: what the issuer reads, and what is no
//! answer.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;

use auth_core::Token;
use auth_core::http::ReqwestClient;
use auth_core::introspection::Introspection;

use crate::environment;
use crate::introspection::{expecting, good_answer};

/// An issuer for one question, which it answers with these bytes: where it is, and what it read.
pub(crate) fn issuer(answer: String) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/introspect", listener.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let request = read(&mut connection);
        // Whoever is told enough may hang up before the end.
        drop(connection.write_all(answer.as_bytes()));
        request
    });
    (url, serving)
}

/// A request with the body that its header announces.
fn read(connection: &mut TcpStream) -> String {
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        let mut byte = [0];
        connection.read_exact(&mut byte).unwrap();
        request.push(char::from(byte[0]));
    }
    let length = request.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    connection.read_exact(&mut body).unwrap();
    request + &String::from_utf8(body).unwrap()
}

/// An answer with its length.
pub(crate) fn answer(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

async fn verify(url: &str) -> &'static str {
    let client = Arc::new(ReqwestClient::new().unwrap());
    let introspection = expecting(Introspection::at(url).client("api", &"s3cret".into()))
        .build_in(&environment().with_http(client))
        .unwrap();
    let verified = introspection.verify(&Token::new("to+ken/=")).await;
    verified.map_or_else(|error| error.code(), |_| "ok")
}

#[tokio::test]
async fn the_question_is_a_form_with_credentials() {
    let (url, asked) = issuer(answer("200 OK", &good_answer().to_string()));
    assert_eq!(verify(&url).await, "ok");
    let request = asked.join().unwrap();
    let (header, form) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(form, "token=to%2Bken%2F%3D&token_type_hint=access_token");
    let mut lines = header.lines();
    assert_eq!(lines.next(), Some("POST /introspect HTTP/1.1"));
    let lines: Vec<_> = lines.collect();
    for line in [
        "content-type: application/x-www-form-urlencoded",
        "accept: application/json",
        "authorization: Basic YXBpOnMzY3JldA==",
    ] {
        assert!(lines.contains(&line), "{line}: {lines:?}");
    }
}

#[tokio::test]
async fn what_is_no_document_lets_nobody_in() {
    let good = good_answer().to_string();
    let (elsewhere, _) = issuer(answer("200 OK", &good));
    let cut = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{good}", good.len() + 1);
    let redirect =
        |status| format!("HTTP/1.1 {status}\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\n\r\n");
    for reply in [
        redirect("302 Found"),
        redirect("307 Temporary Redirect"),
        "HTTP/1.1 204 No Content\r\n\r\n".to_owned(),
        answer("500 Internal Server Error", &good),
        answer("401 Unauthorized", &good),
        answer("200 OK", &format!("{good}{}", " ".repeat(64 * 1024))),
        answer("200 OK", "<html>maintenance</html>"),
        cut,
        String::new(),
    ] {
        let (url, asked) = issuer(reply.clone());
        assert_eq!(verify(&url).await, "introspection_unavailable", "{reply:.80}");
        asked.join().unwrap();
    }
}

#[tokio::test]
async fn an_inactive_token_is_bad_and_a_closed_port_is_an_outage() {
    let (url, asked) = issuer(answer("200 OK", r#"{"active":false}"#));
    assert_eq!(verify(&url).await, "token_inactive");
    asked.join().unwrap();
    // The one question was answered, and nobody listens any more.
    assert_eq!(verify(&url).await, "introspection_unavailable");
}
