//! Requests over real connections, and what came back. Next: `front`.

use std::net::SocketAddr;

use http::{HeaderMap, Method};

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A client that speaks HTTP/1.1.
pub(crate) fn plain() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// A client that speaks HTTP/2 without TLS, as gRPC does on loopback.
pub(crate) fn http2() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().http2_prior_knowledge().build().unwrap()
}

/// A request of this method and path.
pub(crate) fn request(
    client: &reqwest::Client,
    server: SocketAddr,
    method: Method,
    path: &str,
    token: Option<&str>,
) -> reqwest::RequestBuilder {
    let request = client.request(method, format!("http://{server}{path}"));
    match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    }
}

/// Sends it.
pub(crate) async fn send(request: reqwest::RequestBuilder) -> Answer {
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let body = String::from_utf8_lossy(&answer.bytes().await.unwrap()).into_owned();
    Answer { status, headers, body }
}

/// Gets a path with HTTP/1.1.
pub(crate) async fn get(server: SocketAddr, path: &str, token: Option<&str>) -> Answer {
    send(request(&plain(), server, Method::GET, path, token)).await
}

impl Answer {
    /// The one value of a header; empty without one.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
