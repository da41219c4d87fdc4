//! What a run found, for machines (`json`) and for people (`table`).
//!
//! In: a verdict a case. Out: `findings`, with totals and the exit status of the command, and the
//! texts made from them.

mod findings;
mod json;
mod table;

pub use findings::{CaseReport, Report, SubjectReport, Totals};
pub use json::to_json;
pub use table::{explain, list, to_table};
