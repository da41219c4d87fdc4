//! Percent-encoding (RFC 3986, section 2.1): read, or spelt in one way. Used by `target` and
//! `certificate`.

/// The bytes behind the escapes; `None` when an escape is cut off or not hexadecimal.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    each(text, |byte, _| bytes.push(byte))?;
    Some(bytes)
}

/// The same text with each escape in upper case, and none where none is needed (RFC 3986, sections
/// 6.2.2.1 and 6.2.2.2); `None` as for [`decode`], and for text that no URI may hold as it is.
pub(super) fn normalise(text: &str) -> Option<String> {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let is_fit = |byte: &u8| byte.is_ascii_graphic() && *byte != b'\\';
    if !text.as_bytes().iter().all(is_fit) {
        return None;
    }
    let mut normal = String::with_capacity(text.len());
    each(text, |byte, was_escaped| {
        if was_escaped && !is_unreserved(byte) {
            normal.push('%');
            normal.push(char::from(HEX[usize::from(byte >> 4)]));
            normal.push(char::from(HEX[usize::from(byte & 15)]));
        } else {
            normal.push(char::from(byte));
        }
    })?;
    Some(normal)
}

/// Each byte, and whether it was escaped.
fn each(text: &str, mut take: impl FnMut(u8, bool)) -> Option<()> {
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        if *first != b'%' {
            take(*first, false);
            rest = others;
            continue;
        }
        let [high, low, others @ ..] = others else { return None };
        take(hex(*high)? * 16 + hex(*low)?, true);
        rest = others;
    }
    Some(())
}

const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read() {
        assert_eq!(decode("a%2Bb%0a").unwrap(), b"a+b\n");
        assert_eq!(decode("a+b").unwrap(), b"a+b");
        for broken in ["%", "%2", "%2g", "%+1", "a%"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_path_has_one_spelling() {
        assert_eq!(normalise("/%61%7e%2fb%C3%a4").unwrap(), "/a~%2Fb%C3%A4");
        assert_eq!(normalise("/a|b{c}").unwrap(), "/a|b{c}");
        for unfit in ["/a b", "/a\\b", "/\u{e4}", "/a\tb", "/%zz"] {
            assert_eq!(normalise(unfit), None, "{unfit}");
        }
    }
}
