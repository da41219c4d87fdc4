//! Says what providers can be told.
//!
//! In: the registry. Out: a text for people, or the JSON that `cargo xtask docs` writes documents
//! from. Next: `described`.

use std::fmt::Write as _;
use std::process::ExitCode;

use auth_conformance::subject::{Registered, registered};

use super::arguments::{Filters, Style};
use super::described::{Described, DescribedOption, DescribedProvider};
use super::output;
use super::run::{select, usage};

/// Describes the providers that match one of these globs; all of them without any.
pub(crate) fn run(globs: &[String], style: Style) -> ExitCode {
    let subjects = registered();
    let everything = Filters { group: Vec::new(), case: Vec::new() };
    let selection = select(globs, &everything);
    let chosen = match selection.and_then(|chosen| chosen.check(&subjects).map(|()| chosen)) {
        Ok(selection) => selection.subjects(&subjects),
        Err(complaint) => return usage(&complaint),
    };
    let descriptors: Vec<_> = chosen.into_iter().map(Registered::descriptor).collect();
    let described = Described::of(&descriptors);
    output::result(&match style {
        Style::Text => text(&described),
        // Names, texts and truths cannot fail to be written.
        Style::Json => serde_json::to_string_pretty(&described).unwrap_or_default() + "\n",
    });
    ExitCode::SUCCESS
}

fn text(described: &Described) -> String {
    let texts: Vec<_> = described.providers.iter().map(provider).collect();
    texts.join("\n")
}

fn provider(provider: &DescribedProvider) -> String {
    let mut text = format!("{} ({})\n", provider.name, provider.type_name);
    indented(&mut text, 4, provider.docs);
    for option in &provider.options {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "\n    {}: {}", option.name, given(option));
        indented(&mut text, 8, &option.sources().join(", "));
        indented(&mut text, 8, option.docs);
    }
    text
}

fn indented(text: &mut String, depth: usize, block: &str) {
    for line in block.lines() {
        let line = format!("{:depth$}{line}", "");
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// Whether it has to be given, and whether it has to be kept.
fn given(option: &DescribedOption) -> String {
    let presence = match option.default {
        Some(default) => format!("default {default}"),
        None => option.presence.to_owned(),
    };
    if option.secret { format!("{presence}, secret") } else { presence }
}
