//! What was probably meant: a word in, the nearest known word or the word in another case out.
//! Used by `grammar` and `model` in their messages.

/// The known word that `word` is most likely a misspelling of.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let (distance, nearest) =
        known.iter().map(|known| (distance(word, known), *known)).min_by_key(|(far, _)| *far)?;
    // A third of the letters wrong is a misspelling; more is another word.
    (distance <= nearest.len() / 3).then_some(nearest)
}

/// How many letters have to be inserted, dropped, replaced or swapped with their neighbour.
fn distance(from: &str, to: &str) -> usize {
    let (from, to) = (from.as_bytes(), to.as_bytes());
    let mut table = vec![vec![0; to.len() + 1]; from.len() + 1];
    for i in 0..=from.len() {
        for j in 0..=to.len() {
            if i == 0 || j == 0 {
                table[i][j] = i + j;
                continue;
            }
            let replaced = table[i - 1][j - 1] + usize::from(from[i - 1] != to[j - 1]);
            table[i][j] = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                table[i][j] = table[i][j].min(table[i - 2][j - 2] + 1);
            }
        }
    }
    table[from.len()][to.len()]
}

/// `My Provider` and `MyProvider` as `my-provider`.
pub(crate) fn kebab(text: &str) -> String {
    words(text).join("-").to_ascii_lowercase()
}

/// `acmeDomain` and `acme-domain` as `ACME_DOMAIN`.
pub(crate) fn upper_snake(text: &str) -> String {
    let joined = words(text).join("_").to_ascii_uppercase();
    joined.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_').to_owned()
}

/// Splits at everything that is neither letter nor digit, and before the capital of a new word.
fn words(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut words = vec![String::new()];
    for (i, letter) in letters.iter().enumerate() {
        let after_lower = i > 0 && !letters[i - 1].is_ascii_uppercase();
        let before_lower = letters.get(i + 1).is_some_and(char::is_ascii_lowercase);
        let begins = letter.is_ascii_uppercase() && (after_lower || before_lower);
        if begins || !letter.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_ascii_alphanumeric(), words.last_mut()) {
            word.push(*letter);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{kebab, nearest, upper_snake};

    const KEYS: &[&str] = &["env", "default", "parse", "secret", "init", "verify"];

    #[test]
    fn finds_the_key_that_was_meant() {
        assert_eq!(nearest("evn", KEYS), Some("env"));
        assert_eq!(nearest("defualt", KEYS), Some("default"));
        assert_eq!(nearest("secrets", KEYS), Some("secret"));
        assert_eq!(nearest("timeout", KEYS), None);
    }

    #[test]
    fn turns_any_name_into_kebab_case() {
        assert_eq!(kebab("WorkOS"), "work-os");
        assert_eq!(kebab("Auth0"), "auth0");
        assert_eq!(kebab("JWTProvider"), "jwt-provider");
        assert_eq!(kebab("My provider_2"), "my-provider-2");
    }

    #[test]
    fn turns_any_name_into_upper_snake_case() {
        assert_eq!(upper_snake("acmeDomain"), "ACME_DOMAIN");
        assert_eq!(upper_snake("acme-domain"), "ACME_DOMAIN");
        assert_eq!(upper_snake("2_acme"), "ACME");
        assert_eq!(upper_snake("Auth0_DOMAIN"), "AUTH0_DOMAIN");
    }
}
