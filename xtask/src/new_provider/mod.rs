//! `cargo xtask new-provider NAME [--path DIR]`: a provider that works as it is.
//!
//! In: a name, and a folder for a crate of its own. Out: files, or everything that stands in their
//! way; nothing is overwritten. Next: `name`, then `workspace` or `outside`, which plan the files;
//! `plan`, which writes them.

mod edit;
mod format;
mod name;
mod outside;
mod plan;
mod template;
mod workspace;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use crate::{docs, suite};
pub(crate) use name::Name;
use plan::{Plan, Stopped};

/// Nothing was written.
const REFUSED: u8 = 2;

/// A room in this workspace, with its documents and the snapshot of its decisions.
pub(crate) fn in_workspace(root: &Path, name: &Name) -> ExitCode {
    let complete = || {
        written(workspace::plan(root, name))?;
        docs::write(root)?;
        written(workspace::snapshot(root, name)?)?;
        print(&workspace::next_steps(name));
        Ok(())
    };
    complete().map_or_else(|status| status, |()| ExitCode::SUCCESS)
}

/// A crate of its own, which proves itself once.
pub(crate) fn outside(root: &Path, name: &Name, folder: &Path) -> ExitCode {
    if let Err(status) = written(outside::plan(root, name, folder)) {
        return status;
    }
    suite::say("running its tests, to keep its decisions; a first build takes minutes...");
    match outside::prove(folder) {
        Ok(status) if status.success() => {
            print("wrote   tests/snapshots");
            print(&outside::next_steps(folder));
            ExitCode::SUCCESS
        }
        Ok(_) => {
            suite::say("the crate is written, but its tests fail: see above");
            ExitCode::FAILURE
        }
        Err(error) => {
            suite::say(&format!("the crate is written, but cargo did not start: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Writes a plan and says what was written; or says everything that stands in its way.
fn written(plan: Plan) -> Result<(), ExitCode> {
    match plan.write() {
        Ok(lines) => {
            for line in &lines {
                print(line);
            }
            Ok(())
        }
        Err(Stopped::Before(problems)) => {
            suite::say(&format!("nothing was written:\n  {}", problems.join("\n  ")));
            Err(ExitCode::from(REFUSED))
        }
        Err(Stopped::Amid(lines)) => {
            suite::say(&format!("not everything was written:\n  {}", lines.join("\n  ")));
            Err(ExitCode::FAILURE)
        }
    }
}

/// Nobody can be told that nobody listens.
fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

#[cfg(test)]
mod tests;
