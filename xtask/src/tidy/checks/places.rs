//! What may stand in few files only: the environment, files, the clock, the network, status codes.

use super::rust;
use crate::tidy::file::{File, Finding};

/// The library's own sources; its harness measures real time and opens real sockets.
const LIBRARY: [&str; 2] = ["auth-core/src", "providers/src"];

/// Whether unit tests are held to a rule as well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tests {
    Held,
    Free,
}

/// Something that has a place.
struct Place {
    what: &'static str,
    patterns: &'static [&'static str],
    at: &'static [&'static str],
    tests: Tests,
    remedy: &'static str,
}

const PLACES: [Place; 5] = [
    Place {
        what: "the environment is read",
        patterns: &["std::env", "env::var", "env::vars", "env::var_os", "env::vars_os"],
        at: &["auth-core/src/config/vars.rs"],
        tests: Tests::Held,
        remedy: "take variables from `Environment`",
    },
    Place {
        what: "the file system is read",
        patterns: &["std::fs", "fs::read", "fs::read_to_string", "File::open", "OpenOptions"],
        at: &["auth-core/src/config/file.rs"],
        tests: Tests::Free,
        remedy: "take secrets as options: each can come from a file by itself",
    },
    Place {
        what: "the clock is read",
        patterns: &["SystemTime::now", "Instant::now"],
        at: &["auth-core/src/clock.rs"],
        tests: Tests::Held,
        remedy: "take the time from `Environment`",
    },
    Place {
        what: "the network is reached",
        patterns: &["reqwest", "TcpStream"],
        at: &["auth-core/src/http.rs"],
        tests: Tests::Free,
        remedy: "ask the HTTP client of `Environment`",
    },
    Place {
        what: "a status code is named",
        patterns: &["StatusCode", "401", "403", "404", "429", "503"],
        // Beside answers: the statuses that an issuer sends us.
        at: &[
            "auth-core/src/response.rs",
            "auth-core/src/http.rs",
            "auth-core/src/jwks/fetch.rs",
            "auth-core/src/introspection/endpoint.rs",
            "auth-core/src/upstream/answer.rs",
        ],
        tests: Tests::Free,
        remedy: "return an `AuthError`, whose class decides the status",
    },
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let library = || rust(files).filter(|file| file.is_in(&LIBRARY));
    PLACES.iter().flat_map(|place| library().flat_map(|file| strays(place, file))).collect()
}

fn strays(place: &Place, file: &File) -> Vec<Finding> {
    if file.is_in(place.at) {
        return Vec::new();
    }
    let wrong = format!("{} outside {}", place.what, place.at[0]);
    let found = place.patterns.iter().flat_map(|pattern| file.code.find(pattern));
    found
        .filter(|token| place.tests == Tests::Held || !(token.test || file.is_test()))
        .map(|token| file.finding(token.line, wrong.clone(), place.remedy))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn a_variable_read_elsewhere_is_found() {
        let text = "use std::env;\nfn f() { env::var(\"A\"); }";
        let found = said(check, "providers/src/acme.rs", text);
        assert_eq!(
            found,
            [
                "providers/src/acme.rs:1: the environment is read outside \
             auth-core/src/config/vars.rs: take variables from `Environment`",
                "providers/src/acme.rs:2: the environment is read outside \
             auth-core/src/config/vars.rs: take variables from `Environment`",
            ]
        );
        assert!(said(check, "auth-core/src/config/vars.rs", text).is_empty());
        assert!(said(check, "conformance/src/main.rs", text).is_empty());
    }

    #[test]
    fn a_file_read_elsewhere_is_found_but_tests_may_make_one() {
        let text = "use std::fs::File;\nfn f() { File::open(path) }";
        assert_eq!(
            said(check, "providers/src/acme.rs", text),
            [
                "providers/src/acme.rs:1: the file system is read outside \
             auth-core/src/config/file.rs: take secrets as options: each can come from a file \
             by itself",
                "providers/src/acme.rs:2: the file system is read outside \
             auth-core/src/config/file.rs: take secrets as options: each can come from a file \
             by itself",
            ]
        );
        assert!(said(check, "auth-core/src/config/file.rs", text).is_empty());
        let held = "#[cfg(test)] mod tests { fn f() { std::fs::write(path, text) } }";
        assert!(said(check, "auth-core/src/config/lookup.rs", held).is_empty());
    }

    #[test]
    fn a_second_clock_is_found_also_in_tests() {
        let text = "#[cfg(test)] mod tests { fn f() { SystemTime::now(); Instant::now(); } }";
        assert_eq!(said(check, "auth-core/src/jwks/remote.rs", text).len(), 2);
        assert!(said(check, "auth-core/src/clock.rs", text).is_empty());
    }

    #[test]
    fn a_second_way_to_the_network_is_found() {
        let text = "fn f() { reqwest::get(url) }";
        assert_eq!(said(check, "auth-core/src/jwks/fetch.rs", text).len(), 1);
        assert!(said(check, "auth-core/src/http.rs", text).is_empty());
    }

    #[test]
    fn a_status_decided_elsewhere_is_found_but_tests_may_expect_one() {
        assert_eq!(said(check, "auth-core/src/layer.rs", "const S: u16 = 401;").len(), 1);
        assert_eq!(said(check, "auth-core/src/layer.rs", "use http::StatusCode;").len(), 1);
        let test = "#[test]\nfn refuses() { assert_eq!(status, 401); }";
        assert!(said(check, "auth-core/src/layer.rs", test).is_empty());
    }
}
