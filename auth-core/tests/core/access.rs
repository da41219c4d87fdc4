//! Which paths need no user: what a pattern may say, what wins, and what does not get around it.

use auth_core::Request;
use auth_core::access::{AccessRules, Pattern, Target};
use http::{HeaderMap, Method, Uri};

/// Rules with these patterns.
fn rules(public: &[&str], protected: &[&str]) -> AccessRules {
    let mut rules = AccessRules::default();
    for pattern in public {
        rules.add_public(Pattern::parse(pattern).unwrap());
    }
    for pattern in protected {
        rules.add_protected(Pattern::parse(pattern).unwrap());
    }
    rules
}

/// Whether a request for this needs no user.
fn is_public(rules: &AccessRules, target: &str) -> bool {
    let uri: Uri = target.parse().unwrap();
    rules.is_public(&Request::new(&Method::GET, &uri, &HeaderMap::new()))
}

#[test]
fn without_a_pattern_nothing_is_public() {
    for target in ["/", "/health", "/*", "*", "//", "https://api.example/"] {
        assert!(!is_public(&rules(&[], &[]), target), "{target}");
    }
}

#[test]
fn what_no_pattern_opens_stays_closed() {
    let rules = rules(&["/health"], &[]);
    assert!(is_public(&rules, "/health"));
    for target in ["/", "/healthz", "/health/deep", "/other", "/a/health"] {
        assert!(!is_public(&rules, target), "{target}");
    }
}

#[test]
fn a_pattern_matches_whole_segments() {
    let rules = rules(&["/", "/docs/*", "/users/:id", "/a/*/b", "/c/:x/d/*"], &[]);
    for target in [
        "/",
        "/docs/",
        "/docs/a",
        "/docs/a/b/c",
        "/users/7",
        "/a/x/b",
        "/c/1/d/2/3",
        "/docs/?q=1",
        "http://api.example/users/7",
        "/users/a:b@c",
        "/users/~a",
    ] {
        assert!(is_public(&rules, target), "{target}");
    }
    for target in [
        "/docs",
        "/docsx",
        "/users",
        "/users/",
        "/users/7/8",
        "/users/7/",
        "/a/b",
        "/a/x/y/b",
        "/a/x/c",
        "/c/1/d",
        "/c/1/e/2",
        "/x",
    ] {
        assert!(!is_public(&rules, target), "{target}");
    }
}

#[test]
fn a_star_at_the_top_opens_everything_plain() {
    let rules = rules(&["/*"], &[]);
    assert!(is_public(&rules, "/") && is_public(&rules, "/a/b/c"));
    assert!(!is_public(&rules, "/a/%62"));
}

#[test]
fn protected_wins_wherever_both_match() {
    let rules = rules(&["/api/*", "/users/me"], &["/api/admin/*", "/users/:id", "/api/*/keys"]);
    assert!(is_public(&rules, "/api/status"));
    for target in ["/api/admin/", "/api/admin/users", "/users/me", "/api/7/keys"] {
        assert!(!is_public(&rules, target), "{target}");
    }
}

#[test]
fn protected_wins_over_spellings_that_may_reach_the_same_handler() {
    let rules = rules(&["/*"], &["/admin/*", "/docs/secret", "/users/:id/keys", "/"]);
    for target in [
        "/admin",
        "/admin/",
        "/admin/x/y",
        "/ADMIN/x",
        "/Admin",
        "/docs/secret/",
        "/docs/SECRET",
        "/users/7/keys/",
        "/users/7/Keys",
        "/",
    ] {
        assert!(!is_public(&rules, target), "{target}");
    }
    for target in ["/administrator", "/docs", "/docs/secrets", "/docs/secret/x", "/users/7"] {
        assert!(is_public(&rules, target), "{target}");
    }
}

#[test]
fn the_order_of_patterns_does_not_matter() {
    let one = rules(&["/a/*", "/b"], &["/a/x"]);
    let mut other = AccessRules::default();
    other.add_protected(Pattern::parse("/a/x").unwrap());
    other.add_public(Pattern::parse("/b").unwrap());
    other.add_public(Pattern::parse("/a/*").unwrap());
    for target in ["/a/x", "/a/y", "/b", "/c"] {
        assert_eq!(is_public(&one, target), is_public(&other, target), "{target}");
    }
}

#[test]
fn the_method_and_the_query_open_nothing() {
    let rules = rules(&["/health"], &[]);
    for target in ["/private?/health", "/private?x=/health", "/?path=/health"] {
        assert!(!is_public(&rules, target), "{target}");
    }
    let (uri, headers) = (Uri::from_static("/private"), HeaderMap::new());
    for method in [Method::OPTIONS, Method::HEAD, Method::TRACE, Method::CONNECT] {
        assert!(!rules.is_public(&Request::new(&method, &uri, &headers)), "{method}");
    }
    assert!(!is_public(&rules, "*"));
    assert!(!is_public(&rules, "api.example:443"));
}

/// Ways to name a closed path so that it looks like an open one, or an open one so that whoever
/// serves it reads a closed one.
const BYPASSES: [&str; 46] = [
    // Escapes of letters, slashes, dots, of the escape itself, and broken ones.
    "/docs/%61dmin",
    "/docs%2fadmin",
    "/docs/%2Fadmin",
    "/docs/%2e%2e/admin",
    "/docs/%2E%2E/admin",
    "/docs/.%2e/admin",
    "/docs/%252e%252e/admin",
    "/docs/..%2fadmin",
    "/docs/..%5cadmin",
    "/docs/%00",
    "/docs/a%00.html",
    "/docs/a%0d%0ab",
    "/docs/%u002e",
    "/docs/%",
    "/docs/%zz",
    "/%64ocs/a",
    "/docs/%c0%ae%c0%ae/admin",
    "/docs/%ef%bc%8fadmin",
    // Dot segments.
    "/docs/../admin",
    "/docs/./admin",
    "/docs/..",
    "/docs/.",
    "/./docs/a",
    "/x/../docs/a",
    "/docs/a/../../admin",
    // Empty segments.
    "//docs/a",
    "/docs//admin",
    "/docs/a//",
    "///",
    // Other separators.
    "/docs\\admin",
    "/docs/\\admin",
    "/docs/..\\admin",
    "/docs/a;/admin",
    "/docs/;x=1",
    "/docs/..;/admin",
    "/docs;/a",
    // Another case.
    "/DOCS/a",
    "/Docs/a",
    "/HEALTH",
    "/healtH",
    // A beginning that is no segment, a slash or a suffix too many.
    "/docsadmin",
    "/docs.html",
    "/health/",
    "/health.json",
    "/health/..",
    "/health/admin",
];

#[test]
fn no_other_spelling_gets_around_the_patterns() {
    let rules = rules(&["/health", "/docs/*", "/users/:id"], &["/docs/private/*"]);
    for target in BYPASSES {
        assert!(!is_public(&rules, target), "{target}");
    }
}

#[test]
fn bytes_beyond_ascii_are_never_public() {
    let rules = rules(&["/docs/*"], &[]);
    for path in ["/docs/\u{ff0f}admin", "/docs/\u{2025}", "/docs/é"] {
        // Where the parser of addresses already refuses them, so much the better.
        if let Ok(uri) = Uri::try_from(path.as_bytes()) {
            let headers = HeaderMap::new();
            assert!(!rules.is_public(&Request::new(&Method::GET, &uri, &headers)), "{path}");
        }
    }
}

#[test]
fn an_escape_is_read_where_it_has_to_stand_and_hides_no_separator() {
    let escaped = |c: char| {
        let mut bytes = [0; 4];
        let bytes = c.encode_utf8(&mut bytes).bytes();
        bytes.fold("/".to_owned(), |path, byte| format!("{path}%{byte:02X}"))
    };
    for c in [' ', '{', '\u{e4}', '\u{2023}', '\u{2027}', '\u{20ac}', '\u{1f600}'] {
        let path = escaped(c);
        assert_eq!(Target::read(&path).unwrap().path(), path);
    }
    let look_alikes =
        "\u{2024}\u{2025}\u{2026}\u{2044}\u{2215}\u{ff0e}\u{ff0f}\u{ff3c}\u{fe52}\u{fe68}";
    for c in look_alikes.chars().chain(['\u{85}']) {
        for path in [escaped(c), format!("{}a", escaped(c)), format!("/a{}", &escaped(c)[1..])] {
            assert_eq!(Target::read(&path).unwrap_err().code(), "target_ambiguous", "{path}");
        }
    }
}

#[test]
fn a_pattern_begins_with_a_slash() {
    for text in ["", "health", "*", ":id", "https://api.example/health", " /health"] {
        let expected = format!("the pattern {text:?} has to begin with a slash");
        assert_eq!(Pattern::parse(text), Err(expected));
    }
}

#[test]
fn a_pattern_is_a_plain_path() {
    for text in [
        "//", "/a//b", "/a/../b", "/a/.", "/a%20b", "/a?b", "/a#b", "/a;b", "/a\\b", "/a b", "/é",
        "/a\u{7f}",
    ] {
        let expected = format!(
            "the pattern {text:?} has to be a plain path: no escapes, dot segments, double slashes \
             or query"
        );
        assert_eq!(Pattern::parse(text), Err(expected));
    }
}

#[test]
fn a_wildcard_stands_for_a_whole_segment() {
    for (text, segment) in [
        ("/a*", "a*"),
        ("/*a", "*a"),
        ("/**", "**"),
        ("/a/**/b", "**"),
        ("/a:b", "a:b"),
        ("/:", ":"),
        ("/:id*", ":id*"),
        ("/.*", ".*"),
    ] {
        let expected = format!(
            "the pattern {text:?} has `{segment}`: `*` and `:name` stand for whole segments"
        );
        assert_eq!(Pattern::parse(text), Err(expected));
    }
}
