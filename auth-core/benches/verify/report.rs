//! What was measured in, a table in Markdown or a JSON document out.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::contender::Row;
use crate::race::Cost;
use crate::threads::Gain;

/// Everything that was measured.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) algorithms: Vec<Row>,
    pub(crate) hostile: Vec<Cost>,
    pub(crate) threads: Vec<Gain>,
}

/// Three tables in Markdown, ready for `docs/performance.md`.
pub(crate) fn table(measured: &Measured) -> String {
    let mut text = String::from(
        "| algorithm | bare check, µs | verifier | gate | jsonwebtoken | two threads |\n\
         |---|---:|---:|---:|---:|---:|\n",
    );
    for (row, gain) in measured.algorithms.iter().zip(&measured.threads) {
        let mut line = format!("| {} ", row.algorithm);
        for (index, cost) in row.costs.iter().enumerate() {
            let _ = match index {
                0 => write!(line, "| {:.2} ", cost.nanoseconds / 1000.0),
                _ => write!(line, "| {:.2} ", cost.ratio),
            };
        }
        let _ = writeln!(text, "{line}| {:.2} |", gain.factor);
    }
    text.push_str("\n| sent, under RS256 | µs | beside a good token |\n|---|---:|---:|\n");
    for cost in &measured.hostile {
        let microseconds = cost.nanoseconds / 1000.0;
        let _ = writeln!(text, "| {} | {microseconds:.2} | {:.2} |", cost.name, cost.ratio);
    }
    text
}

/// `{"algorithms":[{"algorithm","costs":[{"name","nanoseconds","ratio"}],"two_threads"}],
/// "hostile":[{"name","nanoseconds","ratio"}]}`.
pub(crate) fn json(measured: &Measured) -> String {
    let algorithms: Vec<Value> = measured
        .algorithms
        .iter()
        .zip(&measured.threads)
        .map(|(row, gain)| {
            assert_eq!(row.algorithm, gain.algorithm);
            json!({
                "algorithm": row.algorithm.name(),
                "costs": costs(&row.costs),
                "two_threads": gain.factor,
            })
        })
        .collect();
    json!({"algorithms": algorithms, "hostile": costs(&measured.hostile)}).to_string()
}

fn costs(costs: &[Cost]) -> Vec<Value> {
    let data = |cost: &Cost| json!({"name": cost.name, "nanoseconds": cost.nanoseconds, "ratio": cost.ratio});
    costs.iter().map(data).collect()
}
