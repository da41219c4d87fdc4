//! The command `conformance`: what it prints where, and how it exits.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::process::{Command, Output};

use auth_providers as _;

fn conformance(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_conformance")).args(arguments).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn exits_0_and_prints_a_matrix_without_colours_into_a_pipe() {
    let output = conformance(&["--group", "iss"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let table = printed(&output);
    assert!(table.contains("auth0") && table.contains("jwt"), "{table}");
    assert!(!table.contains('\x1b'), "{table:?}");
}

#[test]
fn prints_the_report_as_json_version_1() {
    let output = conformance(&["auth0", "--case", "sig-alg-none", "--format", "json"]);
    insta::assert_snapshot!(printed(&output), @r#"
    {
      "version": 1,
      "subjects": [
        {
          "name": "auth0",
          "kind": "in-process",
          "totals": {
            "pass": 1,
            "non-strict": 0,
            "fail": 0,
            "skip": 0,
            "unimplemented": 0,
            "info": 0,
            "error": 0
          },
          "cases": [
            {
              "id": "sig-alg-none",
              "group": "sig",
              "level": "must",
              "verdict": "pass",
              "detail": null
            }
          ]
        }
      ],
      "totals": {
        "pass": 1,
        "non-strict": 0,
        "fail": 0,
        "skip": 0,
        "unimplemented": 0,
        "info": 0,
        "error": 0
      }
    }
    "#);
}

#[test]
fn filters_by_provider_group_and_case() {
    let output = conformance(&["j*", "--group", "sig", "--case", "*none*", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["subjects"].as_array().unwrap().len(), 1);
    let cases = report["subjects"][0]["cases"].as_array().unwrap();
    assert!(cases.len() >= 6, "{cases:?}");
    assert!(cases.iter().all(|case| case["id"].as_str().unwrap().contains("none")));
}

#[test]
fn exits_2_when_nothing_matches_and_says_what_there_is() {
    for (arguments, words) in [
        (&["nobody"][..], "there are auth0, "),
        (&["jwt", "auht0"], "no provider matches \"auht0\""),
        (&["--group", "sig", "--group", "nosuch"], "no group matches \"nosuch\""),
        (&["--group", "sig", "--case", "iss-*"], "no case matches both"),
        (&["--case", "no-such-*"], "conformance list"),
        (&["--group", "[x"], "the pattern \"[x\""),
        (&["explain", "no-such-case"], "there is no case `no-such-case`"),
        (&["list", "--group", "nothing"], "no group matches"),
        (&["describe", "auht0"], "no provider matches \"auht0\""),
        (&["describe", "--group", "sig"], "--help"),
        (&["--no-such-flag"], "--help"),
    ] {
        let output = conformance(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(complaint(&output).contains(words), "{arguments:?}: {output:?}");
        assert_eq!(printed(&output), "", "{arguments:?}");
    }
}

#[test]
fn lists_every_case_once() {
    let output = conformance(&["list"]);
    let list = printed(&output);
    let ids: Vec<_> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len());
    assert!(ids.len() >= 80, "{} cases", ids.len());
}

#[test]
fn explains_a_case_with_reference_and_reason() {
    let text = printed(&conformance(&["explain", "iss-array"]));
    for word in ["iss-array", "must", "critical", "RFC 7519 §4.1.1", "one text", "--case iss-array"]
    {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn describes_what_a_provider_can_be_told() {
    insta::assert_snapshot!(printed(&conformance(&["describe", "jwt"])), @"
    jwt (Jwt)
        Accepts tokens signed with a shared secret.

        secret: required, secret
            JWT_AUTH_SECRET, JWT_AUTH_SECRET_FILE, MASTRA_JWT_SECRET, MASTRA_JWT_SECRET_FILE
            The secret: at least 32 bytes as they are, or several, newest first, each behind its form.

        algorithms: default vec![Algorithm::HS256]
            JWT_AUTH_ALGORITHMS
            Algorithms to accept: HS256, HS384 or HS512, the longer ones with secrets as long.

        issuer: optional
            JWT_AUTH_ISSUER
            Issuer that the token's `iss` must equal. Not checked when absent.

        audience: optional
            JWT_AUTH_AUDIENCE
            Audience that the token's `aud` must contain. Not checked when absent.
    ");
}

#[test]
fn describes_providers_as_json_version_1() {
    let printed = printed(&conformance(&["describe", "google-iap", "--format", "json"]));
    insta::assert_snapshot!(printed, @r#"
    {
      "version": 1,
      "providers": [
        {
          "name": "google-iap",
          "type": "GoogleIap",
          "docs": "Accepts users whom Google's Identity-Aware Proxy let through.",
          "options": [
            {
              "name": "audience",
              "docs": "Path of the resource behind the proxy, such as `/projects/123/global/backendServices/456`.",
              "variables": [
                "GOOGLE_IAP_AUDIENCE"
              ],
              "file_variables": [],
              "presence": "required",
              "default": null,
              "secret": false,
              "kind": "text"
            },
            {
              "name": "hosted_domains",
              "docs": "Google Workspace domains whose users are accepted (`hd`). Whomever the proxy lets through when\nabsent.",
              "variables": [
                "GOOGLE_IAP_HOSTED_DOMAINS"
              ],
              "file_variables": [],
              "presence": "optional",
              "default": null,
              "secret": false,
              "kind": "list"
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn describes_every_provider_by_name_with_the_files_of_its_secrets_only() {
    let output = conformance(&["describe", "--format", "json"]);
    let described: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let providers = described["providers"].as_array().unwrap();
    let names: Vec<_> =
        providers.iter().map(|provider| provider["name"].as_str().unwrap()).collect();
    assert!(names.is_sorted() && names.contains(&"auth0") && names.contains(&"jwt"), "{names:?}");
    for option in providers.iter().flat_map(|provider| provider["options"].as_array().unwrap()) {
        let count = |name: &str| option[name].as_array().unwrap().len();
        let files = if option["secret"] == true { count("variables") } else { 0 };
        assert_eq!(count("file_variables"), files, "{option}");
    }
}

#[test]
fn prints_decisions_as_snapshots_keep_them() {
    let one = printed(&conformance(&["auth0", "--case", "sig-alg-none", "--format", "decisions"]));
    assert_eq!(one, "sig-alg-none: pass\n    alg \"none\": 401 token_malformed\n");
    let all = printed(&conformance(&["--case", "sig-alg-none", "--format", "decisions"]));
    assert!(all.contains(&format!("# auth0\n{one}")) && all.contains("# jwt\n"), "{all}");
}
