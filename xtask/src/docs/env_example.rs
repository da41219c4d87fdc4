//! `.env.example`: every variable of every provider, commented out.
//!
//! In: providers. Out: the file. A variable that is set, but blank, is a mistake, so that nothing
//! can be set here; what is required comes first.

use super::provider::{Choice, Presence, Provider};
use super::tables::{paragraph, sentence};

/// The longest line of a comment.
const WIDTH: usize = 100;

const HEAD: &str = "\
# Every variable of every provider. Written by `cargo xtask docs`: change the provider, not this.
# Copy what you need to `.env` and take its `#` away. What stays commented out is not set; a variable
# that is set, but blank, is refused, or counts as unset where a default stands in.
";

/// The whole file.
pub(super) fn file(providers: &[Provider]) -> String {
    let sections: String = providers.iter().map(section).collect();
    format!("{HEAD}{sections}")
}

fn section(provider: &Provider) -> String {
    let head = format!("{}: {} See {}.", provider.name, sentence(&provider.docs), provider.page());
    let is_required = |option: &&Choice| option.presence == Presence::Required;
    let (first, rest): (Vec<_>, Vec<_>) = provider.options.iter().partition(is_required);
    let settable = first.into_iter().chain(rest).filter(|option| !option.variables.is_empty());
    format!("\n\n{}{}", wrapped("## ", &head), settable.map(setting).collect::<String>())
}

fn setting(option: &Choice) -> String {
    let name = &option.variables[0];
    let mut remarks = vec![given(option), paragraph(&option.docs)];
    if let Some(file) = option.file_variables.first() {
        remarks.push(format!("A secret: {file} may name a file that holds it instead."));
    }
    if option.variables.len() > 1 {
        remarks.push(format!("Also read from {}.", option.variables[1..].join(", ")));
    }
    format!("\n{}#{name}=\n", wrapped("# ", &remarks.join(" ")))
}

fn given(option: &Choice) -> String {
    let text = option.to_string().replace('`', "");
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

/// The words in lines that begin with `sign` and are no longer than they may be, unless a word is.
fn wrapped(sign: &str, words: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("{sign}{word}")),
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::provider::tests::example;
    use super::*;

    #[test]
    fn nothing_is_set_and_what_is_required_comes_first() {
        let file = file(&example());
        assert!(file.lines().all(|line| line.is_empty() || line.starts_with('#')), "{file}");
        let section = file.strip_prefix(HEAD).unwrap();
        assert_eq!(
            section,
            "\n\n## acme: Accepts tokens of ACME. See docs/providers/acme.md.\n\
             \n# Required. The key. Keep it. A secret: ACME_KEY_FILE may name a file that holds it \
             instead. Also\n# read from KEY.\n#ACME_KEY=\n\
             \n# Default 5 * SECOND. How far clocks may disagree: `|`.\n#ACME_LEEWAY=\n\
             \n\n## zebra: Accepts stripes. See docs/providers/zebra.md.\n"
        );
    }

    #[test]
    fn no_line_is_longer_than_it_may_be_unless_a_word_is() {
        let text = wrapped("# ", &["four"; 60].join(" "));
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(
            text.lines().all(|line| line.len() + 5 > WIDTH || text.ends_with(&format!("{line}\n")))
        );
        let word = "x".repeat(WIDTH + 1);
        assert_eq!(wrapped("# ", &word), format!("# {word}\n"));
    }
}
