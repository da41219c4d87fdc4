//! A real OpenID provider, the npm package `oidc-provider`: installed as pinned, started on a
//! loopback port, and given to the test.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::{Outcome, build_test, done, install};
use crate::suite::cargo;

/// Where its version is pinned, and the script that starts it.
pub(super) const FOLDER: &str = "providers/tests/e2e/oidc";

/// What its clients and the test share.
const SECRET: &str = "only-for-tests-4f1d9c0a7b3e5826-only-for-tests";

pub(super) fn tried(folder: &Path) -> Result<(), Outcome> {
    install(folder, "oidc-provider")?;
    build_test(folder)?;
    let (mut provider, issuer) = started(folder).map_err(Outcome::Failed)?;
    let mut test = cargo();
    let test = test
        .args(["test", "-q", "-p", "auth-providers", "--test", "e2e", "--", "oidc"])
        .env("E2E_OIDC_ISSUER", issuer)
        .env("E2E_CLIENT_SECRET", SECRET)
        .current_dir(folder);
    let outcome = done(test, "the test beside the provider").map_err(Outcome::Failed);
    // It may have ended already, and is gone either way.
    drop(provider.kill());
    drop(provider.wait());
    outcome
}

/// The provider, which says where it is as soon as it listens.
fn started(folder: &Path) -> Result<(Child, String), String> {
    let mut node = Command::new("node");
    let node = node.arg("provider.mjs").env("E2E_CLIENT_SECRET", SECRET).current_dir(folder);
    let node = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut provider = node.map_err(|error| format!("the provider did not start: {error}"))?;
    let mut line = String::new();
    let output = provider.stdout.take().map(BufReader::new);
    let read = output.map(|mut output| output.read_line(&mut line));
    match read {
        Some(Ok(_)) if line.starts_with("http://127.0.0.1:") => Ok((provider, line.trim().into())),
        _ => {
            drop(provider.kill());
            drop(provider.wait());
            Err("the provider did not say where it listens: is this Node too old for it?".into())
        }
    }
}
