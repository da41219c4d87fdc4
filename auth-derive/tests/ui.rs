//! What a user reads after a mistake: one file a topic, its messages beside it, and a table of all
//! of them in `ui/README.md`.
//!
//! The messages are rustc's, so this runs on the toolchain that `rust-toolchain.toml` pins. After a
//! change on purpose, run it with `TRYBUILD=overwrite` and read the difference.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn tells_every_mistake_on_its_own_token() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

/// A row of the table: the exercise, relative to the folder, and the first line of its message.
struct Row {
    number: usize,
    exercise: Option<String>,
    message: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

fn rows() -> Vec<Row> {
    let table = fs::read_to_string(folder().join("README.md")).unwrap();
    let row = |line: &str| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        // A row without four cells would be missed by its number.
        let [number, _, exercise, message] = cells[..] else { return None };
        let number = number.parse().ok()?;
        let link = exercise.split_once("](").map(|(_, rest)| rest.trim_end_matches(')').to_owned());
        Some(Row { number, exercise: link, message: message.trim_matches(['`', ' ']).to_owned() })
    };
    table.lines().filter_map(row).collect()
}

#[test]
fn numbers_every_mistake_once_and_in_order() {
    let numbers: Vec<_> = rows().iter().map(|row| row.number).collect();
    assert!(numbers.len() > 60, "{numbers:?}");
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
}

#[test]
fn lists_every_exercise_in_the_table() {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name());
    let exercises: BTreeSet<String> = files
        .map(|name| name.into_string().unwrap())
        .filter(|name| Path::new(name).extension().is_some_and(|is| is == "rs"))
        .collect();
    let listed: BTreeSet<String> =
        rows().into_iter().filter_map(|row| row.exercise).filter(|it| !it.contains('/')).collect();
    assert_eq!(exercises, listed);
}

#[test]
fn quotes_the_message_of_every_exercise() {
    for Row { number, exercise, message } in rows() {
        let Some(exercise) = exercise else { continue };
        let source = folder().join(&exercise);
        assert!(source.is_file(), "{number}: {exercise} is no file");
        // What no compiler can see is told when the program runs: that test holds the words.
        let beside = source.with_extension("stderr");
        let said = fs::read_to_string(if beside.is_file() { beside } else { source }).unwrap();
        assert!(said.contains(&message), "{number}: {exercise} does not say {message:?}");
    }
}
