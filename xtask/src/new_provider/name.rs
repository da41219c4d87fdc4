//! A provider's name, and what it becomes in each place.
//!
//! In: what somebody typed. Out: a [`Name`] that can be a feature, a module, a type and the
//! beginning of variables; or what is wrong with it. Next: `workspace`, `outside`.

/// The longest name: what is made from it has to fit on lines.
const LONGEST: usize = 40;

/// What a module cannot be called: Rust's keywords, and crates that generated code names.
const NO_MODULES: [&str; 64] = [
    "abstract",
    "alloc",
    "as",
    "async",
    "auth_conformance",
    "auth_core",
    "auth_derive",
    "auth_providers",
    "await",
    "axum",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "insta",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "serde_json",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "tokio",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
];

/// Modules and features that are there already and are no providers.
const NOT_FREE: [&str; 8] =
    ["default", "issuer", "network", "pages", "registry", "tests", "vendor", "yield"];

/// Types that the generated code uses under these names.
const NO_TYPES: [&str; 15] = [
    "AuthLayer",
    "AuthProvider",
    "Claims",
    "ConfigError",
    "Domain",
    "Extension",
    "Option",
    "Principal",
    "Registered",
    "Result",
    "Router",
    "Selection",
    "String",
    "Vec",
    "Verifier",
];

/// A provider's name in kebab-case, which can be everything that it has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name(String);

impl Name {
    /// Takes a name, or says what would be one.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let kebab = kebab(text);
        if text.is_empty() || kebab.is_empty() {
            return Err("a provider has a name, such as `acme`".to_owned());
        }
        if kebab.starts_with(|first: char| first.is_ascii_digit()) {
            return Err("a name begins with a letter: spell the number out".to_owned());
        }
        if text != kebab {
            return Err(format!("a provider's name is in kebab-case: write `{kebab}`"));
        }
        if text.len() > LONGEST {
            return Err(format!(
                "a name has at most {LONGEST} characters, this has {}",
                text.len()
            ));
        }
        let name = Self(kebab);
        if name.is_reserved() {
            return Err(format!(
                "`{text}` means something else in Rust or here: take another name"
            ));
        }
        Ok(name)
    }

    /// `acme-cloud`: the provider, its feature, its page.
    pub(crate) fn kebab(&self) -> &str {
        &self.0
    }

    /// `acme_cloud`: its module.
    pub(crate) fn module(&self) -> String {
        self.0.replace('-', "_")
    }

    /// `ACME_CLOUD`: its variables begin so.
    pub(crate) fn variable(&self) -> String {
        self.module().to_ascii_uppercase()
    }

    /// `AcmeCloud`: its type.
    pub(crate) fn type_name(&self) -> String {
        self.words().concat()
    }

    /// `Acme Cloud`: how people say it.
    pub(crate) fn title(&self) -> String {
        self.words().join(" ")
    }

    fn words(&self) -> Vec<String> {
        self.0.split('-').map(capitalised).collect()
    }

    fn is_reserved(&self) -> bool {
        let (module, type_name) = (self.module(), self.type_name());
        NO_MODULES.iter().chain(&NOT_FREE).any(|taken| *taken == module)
            || NO_TYPES.contains(&type_name.as_str())
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Letters and digits in lower case, and one hyphen for what stands between words.
fn kebab(text: &str) -> String {
    let mut kebab = String::new();
    let mut before = ' ';
    for sign in text.chars() {
        let new_word = !sign.is_ascii_alphanumeric()
            || (sign.is_ascii_uppercase() && before.is_ascii_lowercase());
        if new_word && !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        if sign.is_ascii_alphanumeric() {
            kebab.push(sign.to_ascii_lowercase());
        }
        before = sign;
    }
    kebab.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_everything_that_it_has_to_be() {
        let name = Name::parse("acme-cloud2").unwrap();
        assert_eq!(name.kebab(), "acme-cloud2");
        assert_eq!(name.module(), "acme_cloud2");
        assert_eq!(name.variable(), "ACME_CLOUD2");
        assert_eq!(name.type_name(), "AcmeCloud2");
        assert_eq!(name.title(), "Acme Cloud2");
    }

    #[test]
    fn another_spelling_is_told_the_right_one() {
        for text in
            ["Acme-Cloud", "acme_cloud", "AcmeCloud", "acme cloud", "-acme--cloud-", "acme.cloud"]
        {
            let error = Name::parse(text).unwrap_err();
            assert_eq!(error, "a provider's name is in kebab-case: write `acme-cloud`", "{text}");
        }
        for (text, words) in [
            ("", "such as `acme`"),
            ("../..", "such as `acme`"),
            ("1password", "begins with a letter"),
            ("a".repeat(41).as_str(), "at most 40 characters, this has 41"),
        ] {
            assert!(Name::parse(text).unwrap_err().contains(words), "{text}");
        }
    }

    #[test]
    fn what_means_something_else_is_no_name() {
        for text in ["type", "auth-core", "self", "core", "domain", "verifier", "vendor", "default"]
        {
            let error = Name::parse(text).unwrap_err();
            assert!(error.contains("take another name"), "{text}: {error}");
        }
    }
}
