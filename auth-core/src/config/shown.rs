//! What people may read of a text that is no secret: any text in, a short one out. Used by
//! `source` and `value`.

/// The most characters that are shown.
const MOST: usize = 80;

/// The text without a password that a URL in it may hold, cut at 80 characters. Escaping is up to
/// whoever prints it.
///
/// Rather too much is left out than too little: whatever stands between the first colon and the
/// last `@` may be a name and a password, however odd the URL around it.
pub(super) fn shown(text: &str) -> String {
    without_user_info(text).chars().take(MOST).collect()
}

fn without_user_info(text: &str) -> String {
    let parts = text.rsplit_once('@').and_then(|(before, host)| {
        let (scheme, _) = before.split_once(':')?;
        let authority = before[scheme.len() + 1..].trim_start_matches(['/', '\\']);
        Some((&before[..before.len() - authority.len()], host))
    });
    parts.map_or_else(|| text.to_owned(), |(scheme, host)| format!("{scheme}…@{host}"))
}
