//! `conformance demo`: every printed curl line gives the status that is printed beside it.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A line `# label: status` and the curl line that follows it.
struct Promise {
    label: String,
    status: u16,
    url: String,
    authorization: Option<String>,
}

async fn started() -> (Child, Vec<Promise>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_conformance"))
        .args(["demo", "--port", "0"])
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut promises = Vec::new();
    while promises.len() < 5 {
        let line = lines.next_line().await.unwrap().expect("five curl lines are printed");
        let Some(promise) = line.strip_prefix("# ") else { continue };
        let (label, status) = promise.split_once(": ").unwrap();
        let curl = lines.next_line().await.unwrap().unwrap();
        promises.push(Promise {
            label: label.to_owned(),
            status: status.parse().unwrap(),
            url: curl.rsplit(' ').next().unwrap().to_owned(),
            authorization: curl.split('\'').nth(1).map(str::to_owned),
        });
    }
    (child, promises)
}

#[tokio::test]
async fn every_curl_line_gives_the_status_printed_beside_it() {
    let (_child, promises) = started().await;
    let labels: Vec<_> = promises.iter().map(|promise| promise.label.as_str()).collect();
    assert_eq!(labels, ["valid", "expired", "wrong audience", "tampered", "none"]);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for promise in &promises {
        let mut request = client.get(&promise.url);
        if let Some((name, value)) = promise.authorization.as_ref().and_then(|h| h.split_once(": "))
        {
            request = request.header(name, value);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), promise.status, "{}", promise.label);
    }
}

#[tokio::test]
async fn the_public_path_needs_no_token() {
    let (_child, promises) = started().await;
    let url = promises[0].url.replace("/hello", "/health");
    let answer = reqwest::Client::builder().no_proxy().build().unwrap().get(url).send().await;
    assert_eq!(answer.unwrap().text().await.unwrap(), "well\n");
}
