//! No function is longer than a screen; a test's may tell a story.

use super::rust;
use crate::tidy::code::Function;
use crate::tidy::file::{File, Finding};

/// Lines between a function's braces.
const MOST: usize = 40;

/// The same in tests, where a list of expectations is long and still simple.
const MOST_IN_TESTS: usize = 60;

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    rust(files).flat_map(in_file).collect()
}

fn in_file(file: &File) -> Vec<Finding> {
    let unreadable = file.code.error.iter().filter(|_| !file.is_exercise());
    let unreadable = unreadable.map(|why| file.finding(1, format!("no Rust: {why}"), "mend it"));
    let long = file.code.functions().filter_map(|function| too_long(file, &function));
    unreadable.chain(long).collect()
}

fn too_long(file: &File, function: &Function<'_>) -> Option<Finding> {
    let most = if function.test || file.is_test() { MOST_IN_TESTS } else { MOST };
    let Function { name, line, lines, .. } = function;
    let wrong = format!("`{name}` has {lines} lines, more than {most}");
    (*lines > most).then(|| file.finding(*line, wrong, "give its steps names of their own"))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    fn function(name: &str, lines: usize) -> String {
        format!("fn {name}() {{\n{}}}\n", "    step();\n".repeat(lines))
    }

    #[test]
    fn a_function_of_one_line_too_many_is_found() {
        let text = function("short", 40) + &function("long", 41);
        let found = said(check, "src/a.rs", &text);
        assert_eq!(
            found,
            ["src/a.rs:43: `long` has 41 lines, more than 40: give its steps names of their own",]
        );
    }

    #[test]
    fn a_closures_lines_are_its_functions() {
        let text = format!("fn f() {{\n  g(|| {{\n{}  }});\n}}\n", "    step();\n".repeat(40));
        assert_eq!(said(check, "src/a.rs", &text).len(), 1);
    }

    #[test]
    fn tests_have_more_room_but_not_any() {
        let text = |lines| format!("#[cfg(test)]\nmod tests {{\n{}}}\n", function("t", lines));
        assert!(said(check, "src/a.rs", &text(60)).is_empty());
        assert_eq!(said(check, "src/a.rs", &text(61)).len(), 1);
        assert!(said(check, "a/tests/b.rs", &function("t", 60)).is_empty());
        assert_eq!(said(check, "a/tests/b.rs", &function("t", 61)).len(), 1);
    }

    #[test]
    fn what_is_no_rust_is_found_unless_a_compiler_is_to_find_it() {
        assert_eq!(said(check, "src/a.rs", "fn (").len(), 1);
        assert!(said(check, "auth-derive/tests/ui/a.rs", "fn (").is_empty());
    }
}
