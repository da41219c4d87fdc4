//! What a stranger's junk costs beside the signature check that it avoids: refusing must never be
//! dearer than accepting.

use auth_core::{Algorithm, Token};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::FutureExt as _;

use crate::contender::Stage;
use crate::race::{Contender, Cost, race as run};

/// Refusals under RS256, beside accepting a good token.
pub(crate) fn race() -> Vec<Cost> {
    let stage = Stage::new(Algorithm::RS256);
    let junk = junk(&stage.token);
    let refuse = |token: &str| {
        let outcome = stage.verifier.verify(&Token::new(token)).now_or_never();
        outcome.expect("nobody has to wait").is_err()
    };
    let mut contenders = vec![Contender::new("a good token", || stage.verify().is_ok())];
    for (name, token) in &junk {
        assert!(refuse(token), "{name} is refused");
        contenders.push(Contender::new(name, || refuse(token)));
    }
    run(contenders)
}

fn junk(good: &str) -> Vec<(&'static str, String)> {
    let b64 = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let (_, rest) = good.split_once('.').expect("it has three parts");
    let (_, signature) = rest.rsplit_once('.').expect("it has three parts");
    let head = b64(r#"{"alg":"RS256","typ":"JWT","kid":"key-2"}"#);
    let members = many(1000, |index| format!(r#","member-{index}":1"#));
    vec![
        ("a megabyte of dots", ".".repeat(1 << 20)),
        ("16 KiB of letters", "a".repeat(16 * 1024)),
        ("no algorithm", format!("{}.{rest}", b64(r#"{"alg":"none","typ":"JWT"}"#))),
        (
            "a header of 1000 members",
            format!("{}.{rest}", b64(&format!(r#"{{"alg":"RS256"{members}}}"#))),
        ),
        (
            "a header nested 120 deep",
            format!(
                "{}.{rest}",
                b64(&format!(r#"{{"alg":"RS256","x":{}{}}}"#, "[".repeat(120), "]".repeat(120)))
            ),
        ),
        ("a signature of another size", format!("{head}.{}.{}", b64("{}"), b64("short"))),
        ("a wrong signature", format!("{head}.{}.{signature}", b64("{}"))),
    ]
}

/// So many members, one after the other.
fn many(count: usize, member: impl Fn(usize) -> String) -> String {
    (0..count).map(member).collect::<Vec<_>>().concat()
}
