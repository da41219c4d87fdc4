//! What a proof says it is for, and what was asked: two addresses in, whether they are one out.
//!
//! Query and fragment do not count (RFC 9449, section 4.3); what is left is compared in one spelling
//! (RFC 3986, sections 6.2.2 and 6.2.3). The request's own path keeps its dot segments: a client's
//! are gone before it sends, so whoever sends them means another path than the proof says.

use super::percent::normalise;

/// An `http` or `https` address without query and fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    scheme: &'static str,
    authority: String,
    path: String,
}

impl Target {
    /// An address as a proof writes it; `None` when it is none, or holds a user name.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let rest = rest.split(['?', '#']).next()?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let scheme = match scheme {
            _ if scheme.eq_ignore_ascii_case("https") => "https",
            _ if scheme.eq_ignore_ascii_case("http") => "http",
            _ => return None,
        };
        Some(Self {
            scheme,
            authority: normal_authority(scheme, authority)?,
            path: without_dots(&normalise(path)?),
        })
    }

    /// This address with a request's path behind it.
    pub(super) fn join(&self, path: &str) -> Option<Self> {
        let path = format!("{}{}", self.path.trim_end_matches('/'), normalise(path)?);
        Some(Self { path, ..self.clone() })
    }

    /// Whether nobody on the way can read along: `https`, or this very machine.
    pub(super) fn is_private(&self) -> bool {
        let host = match self.authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => host,
            _ => &self.authority,
        };
        self.scheme == "https" || matches!(host, "localhost" | "127.0.0.1" | "[::1]")
    }
}

/// Host and port in lower case, without the port that the scheme has anyway.
fn normal_authority(scheme: &str, authority: &str) -> Option<String> {
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:[]".contains(&byte);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, ""),
    };
    if host.is_empty() || !authority.bytes().all(is_fit) {
        return None;
    }
    let host = host.to_ascii_lowercase();
    let port = if port.is_empty() { None } else { Some(port.parse::<u16>().ok()?) };
    Some(match (port, scheme) {
        (None, _) | (Some(443), "https") | (Some(80), "http") => host,
        (Some(port), _) => format!("{host}:{port}"),
    })
}

/// The path without `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => {
                kept.push(segment);
                continue;
            }
        }
        if is_last {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_asked(htu: &str, path: &str) -> bool {
        let origin = Target::parse("https://API.example.com:443/base/").unwrap();
        Target::parse(htu) == origin.join(path)
    }

    #[test]
    fn spellings_of_one_address_are_one() {
        for htu in [
            "https://api.example.com/base/a%20b",
            "HTTPS://api.EXAMPLE.com/base/a%20b",
            "https://api.example.com:443/base/a%20b",
            "https://api.example.com:/base/a%20b",
            "https://api.example.com/base/a%20b?x=1#y",
            "https://api.example.com/b%61se/a%20b",
            "https://api.example.com/x/../base/./a%20b",
        ] {
            assert!(is_asked(htu, "/a%20b"), "{htu}");
        }
        assert!(is_asked("https://api.example.com/base/%7Eme%2f", "/~me%2F"));
    }

    #[test]
    fn another_address_is_another() {
        for htu in [
            "http://api.example.com/base/a",
            "https://api.example.com:444/base/a",
            "https://api.example.org/base/a",
            "https://api.example.com/base/A",
            "https://api.example.com/base/a/",
            "https://api.example.com/base//a",
            "https://api.example.com/base%2Fa",
            "https://api.example.com/a",
            "https://user@api.example.com/base/a",
            "https://api.example.com\\/base/a",
            "https://api.example.com/base/a\t",
            " https://api.example.com/base/a",
            "//api.example.com/base/a",
            "/base/a",
            "https:///base/a",
            "ftp://api.example.com/base/a",
            "",
        ] {
            assert!(!is_asked(htu, "/a"), "{htu}");
        }
    }

    #[test]
    fn a_request_with_dot_segments_is_for_no_proof() {
        for path in ["/admin/../a", "/./a", "/admin/%2e%2e/a"] {
            assert!(!is_asked("https://api.example.com/base/a", path), "{path}");
            assert!(!is_asked(&format!("https://api.example.com/base{path}"), path), "{path}");
        }
    }

    #[test]
    fn a_path_that_ends_in_dots_ends_in_a_slash() {
        for (path, expected) in [
            ("", "/"),
            ("/", "/"),
            ("/a/.", "/a/"),
            ("/a/..", "/"),
            ("/..", "/"),
            ("/a/b/..", "/a/"),
        ] {
            assert_eq!(without_dots(path), expected, "{path}");
        }
    }

    #[test]
    fn plain_http_is_private_on_this_machine_only() {
        let is_private = |text| Target::parse(text).unwrap().is_private();
        assert!(is_private("https://api.example.com"));
        assert!(is_private("http://localhost:3000"));
        assert!(is_private("http://127.0.0.1"));
        assert!(is_private("http://[::1]:3000"));
        assert!(!is_private("http://api.example.com"));
        assert!(!is_private("http://localhost.example.com:80"));
    }
}
