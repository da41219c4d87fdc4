//! What stands nowhere: tests that do not run, waiting, shared variables, placeholders, left-overs.

use super::rust;
use crate::tidy::file::{File, Finding};

/// A pattern, what is wrong with it, what to do.
const WORDS: [(&str, &str, &str); 7] = [
    ("#[ignore", "a test that does not run", "mend it, or remove it"),
    ("set_var(", "the process's variables are shared", "pass an `Environment`"),
    ("remove_var(", "the process's variables are shared", "pass an `Environment`"),
    ("thread::sleep", "waiting makes tests slow and unsure", "advance a `ManualClock`"),
    ("todo!(", "a placeholder", "finish it, or leave it out"),
    ("unimplemented!(", "a placeholder", "finish it, or leave it out"),
    ("dbg!(", "a left-over", "remove it"),
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    rust(files).filter(|file| !file.is_exercise()).flat_map(in_file).collect()
}

fn in_file(file: &File) -> impl Iterator<Item = Finding> {
    WORDS.iter().flat_map(move |(pattern, wrong, remedy)| {
        let found = file.code.find(pattern);
        found.map(move |token| file.finding(token.line, format!("`{pattern}`: {wrong}"), *remedy))
    })
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn every_word_is_found() {
        let text = "#[ignore = \"slow\"]\nfn a() {\nenv::set_var(k, v);\nenv::remove_var(k);
            std::thread::sleep(d);\ntodo!();\nunimplemented!();\ndbg!(x);\n}";
        let found = said(check, "a/tests/b.rs", text);
        assert_eq!(found.len(), WORDS.len());
        assert_eq!(
            found[0],
            "a/tests/b.rs:1: `#[ignore`: a test that does not run: mend it, or remove it"
        );
    }

    #[test]
    fn words_in_texts_are_only_texts() {
        assert!(said(check, "src/a.rs", "//! todo!()\nconst A: &str = \"dbg!(\";").is_empty());
    }

    #[test]
    fn an_exercise_of_the_compiler_is_never_run_and_may_leave_things_out() {
        let text = "fn builder() -> AcmeBuilder { todo!() }";
        assert!(said(check, "auth-derive/tests/ui/builder.rs", text).is_empty());
        assert_eq!(said(check, "auth-derive/tests/behaviour/builder.rs", text).len(), 1);
    }
}
