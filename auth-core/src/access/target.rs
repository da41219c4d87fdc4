//! A request's path, if every reader reads it alike.
//!
//! In: the path as it was sent. Out: its segments, or why it could be read in two ways. A rule about
//! `/admin` protects nothing if whatever serves the request takes `/x/../admin`, `//admin` or
//! `/%61dmin` for it, and the rule does not. So such paths are never public, and where rules are
//! about paths they are refused. Next: `pattern`.

use crate::error::AuthError;

/// The path of a request in its one form (RFC 3986, section 6.2.2).
///
/// Percent-encoding stays where it has to stand and is refused where it need not, so that a text
/// comparison is a comparison of meaning.
///
/// ```
/// use auth_core::access::Target;
///
/// assert_eq!(Target::read("/files/a%20b").unwrap().path(), "/files/a%20b");
/// for path in ["/a/../b", "/a//b", "/%61dmin", "/a%2fb", "/a%00", "/a;v=1", "/a\\b", "/%zz"] {
///     assert_eq!(Target::read(path).unwrap_err().code(), "target_ambiguous", "{path}");
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'p>(&'p str);

impl<'p> Target<'p> {
    /// Reads a path, without its query.
    ///
    /// # Errors
    ///
    /// [`AuthError::TargetAmbiguous`], with what makes it so.
    pub fn read(path: &'p str) -> Result<Self, AuthError> {
        flaw(path).map_or(Ok(Self(path)), |flaw| Err(AuthError::TargetAmbiguous(flaw)))
    }

    /// The path.
    pub const fn path(&self) -> &'p str {
        self.0
    }

    /// The path without its last slash, which some servers take for the same.
    pub(super) fn other_reading(&self) -> Option<&'p str> {
        self.0.strip_suffix('/').filter(|path| !path.is_empty())
    }
}

fn flaw(path: &str) -> Option<&'static str> {
    if !path.starts_with('/') {
        return Some("it does not begin with a slash");
    }
    if path.contains("//") {
        return Some("it has an empty segment");
    }
    if path.contains([';', '\\']) {
        return Some("it has a semicolon or a backslash");
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Some("it has a dot segment");
    }
    if path.bytes().any(|byte| !byte.is_ascii_graphic() || b"?#".contains(&byte)) {
        return Some("it has a character that has to be percent-encoded");
    }
    escapes_flaw(path)
}

/// What is wrong with the percent-encoding, if something is.
fn escapes_flaw(path: &str) -> Option<&'static str> {
    for segment in path.split('/').filter(|segment| segment.contains('%')) {
        let mut decoded = Vec::with_capacity(segment.len());
        let mut rest = segment.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            rest = after;
            if byte != b'%' {
                decoded.push(byte);
                continue;
            }
            let Some(escaped) = hexadecimal(after) else { return Some("it has a broken escape") };
            if !has_to_be_escaped(escaped) {
                return Some("it escapes a character that means the same plain, or a separator");
            }
            decoded.push(escaped);
            rest = &after[2..];
        }
        match std::str::from_utf8(&decoded) {
            Ok(text) if text.chars().all(is_harmless) => {}
            Ok(_) => return Some("it hides a control character or a look-alike of a separator"),
            Err(_) => return Some("its escapes are no UTF-8"),
        }
    }
    None
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits.get(..2)?).ok()?;
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hexadecimal.then(|| u8::from_str_radix(digits, 16).ok()).flatten()
}

/// Whether a path could not hold this byte plain, and no reader takes it for a separator, an end, or
/// an escape of an escape.
const fn has_to_be_escaped(byte: u8) -> bool {
    byte >= 0x80
        || matches!(
            byte,
            b' ' | b'"' | b'<' | b'>' | b'[' | b']' | b'^' | b'`' | b'{' | b'|' | b'}'
        )
}

/// Full-width forms of `.`, `/` and `\` become the plain ones where texts are normalised.
fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{2024}'
                ..='\u{2026}'
                    | '\u{2044}'
                    | '\u{2215}'
                    | '\u{FF0E}'
                    | '\u{FF0F}'
                    | '\u{FF3C}'
                    | '\u{FE52}'
                    | '\u{FE68}'
        )
}
