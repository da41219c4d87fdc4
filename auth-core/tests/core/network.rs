//! The client that ships, over real connections on this machine: whom it asks, and through whom.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;
use std::sync::Arc;
use std::thread::JoinHandle;

use auth_core::Environment;
use auth_core::http::{HttpClient, HttpRequest, ReqwestClient};

/// Tells the child which address to ask.
const TARGET: &str = "AUTH_CORE_TEST_TARGET";

/// A server for one request: where it is, and, once it was asked, the request's first line.
fn server() -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            connection.read_exact(&mut byte).unwrap();
            request.push(byte[0]);
        }
        connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").unwrap();
        let request = String::from_utf8(request).unwrap();
        request.lines().next().unwrap().to_owned()
    });
    (address, serving)
}

async fn ask(client: &dyn HttpClient, url: &str) -> u16 {
    let request = HttpRequest::get(url.parse().unwrap());
    client.send(request).await.unwrap().status.as_u16()
}

/// Runs a test of this file again in a process that has a proxy among its variables.
fn again_with_a_proxy(test: &str, proxy: &str, target: &str) {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", test]).env(TARGET, target);
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        child.env(name, proxy);
    }
    for name in ["no_proxy", "NO_PROXY", "REQUEST_METHOD"] {
        child.env_remove(name);
    }
    let output = child.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[tokio::test]
async fn a_proxy_among_the_variables_is_not_asked() {
    if let Ok(target) = std::env::var(TARGET) {
        // In the child: the shared client, and one that was set up, as most set it up.
        let shared = Environment::process();
        assert_eq!(ask(&**shared.http(), &format!("{target}/keys")).await, 200);
        return;
    }
    let (target, asked) = server();
    let test = "network::a_proxy_among_the_variables_is_not_asked";
    again_with_a_proxy(test, "http://127.0.0.1:1", &target);
    assert_eq!(asked.join().unwrap(), "GET /keys HTTP/1.1");
}

#[tokio::test]
async fn a_client_that_was_set_up_asks_no_proxy_either() {
    if let Ok(target) = std::env::var(TARGET) {
        let client = ReqwestClient::configure(|builder| builder).unwrap();
        assert_eq!(ask(&client, &format!("{target}/keys")).await, 200);
        return;
    }
    let (target, asked) = server();
    let test = "network::a_client_that_was_set_up_asks_no_proxy_either";
    again_with_a_proxy(test, "http://127.0.0.1:1", &target);
    assert_eq!(asked.join().unwrap(), "GET /keys HTTP/1.1");
}

#[tokio::test]
async fn a_proxy_among_the_variables_is_asked_by_choice() {
    if std::env::var(TARGET).is_ok() {
        let client: Arc<dyn HttpClient> = Arc::new(ReqwestClient::through_system_proxy().unwrap());
        assert_eq!(ask(&*client, "http://issuer.invalid/keys").await, 200);
        return;
    }
    let (proxy, asked) = server();
    let test = "network::a_proxy_among_the_variables_is_asked_by_choice";
    again_with_a_proxy(test, &proxy, "unused");
    assert_eq!(asked.join().unwrap(), "GET http://issuer.invalid/keys HTTP/1.1");
}

#[tokio::test]
async fn a_proxy_that_is_named_is_asked() {
    let (proxy, asked) = server();
    let client =
        ReqwestClient::configure(|builder| builder.proxy(reqwest::Proxy::all(&proxy).unwrap()));
    assert_eq!(ask(&client.unwrap(), "http://issuer.invalid/keys").await, 200);
    assert_eq!(asked.join().unwrap(), "GET http://issuer.invalid/keys HTTP/1.1");
}
