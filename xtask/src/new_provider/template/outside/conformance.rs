//! `__Type__` is correct: every case that applies to it, against local identity providers with keys
//! made on the spot.
//!
//! Its decisions are kept in `snapshots`, so that a changed one reads as a diff in review. Accept a
//! change with `INSTA_UPDATE=always cargo test`, and read the diff.

use __module__::__Type__;
use auth_conformance::subject::Registered;
use auth_conformance::suite::{self, Selection};
use auth_conformance::{report, snapshot};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn is_correct_and_decides_as_it_did() {
    let subjects = [Registered::of::<__Type__>()];
    let report = suite::run(&subjects, &Selection::everything()).await;
    assert_eq!(report.exit_status(), 0, "{}", report::to_table(&report));
    for subject in &report.subjects {
        insta::assert_snapshot!("decisions", snapshot::decisions(subject));
    }
}
