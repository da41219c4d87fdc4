//! The decision of every provider for every case, as a snapshot: a change of behaviour reads as a
//! diff in review.
//!
//! Nothing in it changes from run to run: no time, no key, no order of events. To accept a change,
//! run `INSTA_UPDATE=always cargo test -p auth-providers --test decisions` and read the diff.

use auth_conformance::snapshot;
use auth_conformance::subject::registered;
use auth_conformance::suite::{self, Selection};
use auth_providers as _;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_decision_is_as_it_was() {
    let subjects = registered();
    assert!(subjects.len() >= 2, "providers are registered: {subjects:?}");
    let report = suite::run(&subjects, &Selection::everything()).await;
    for subject in &report.subjects {
        insta::assert_snapshot!(subject.name.clone(), snapshot::decisions(subject));
    }
    assert_eq!(report.exit_status(), 0, "{}", auth_conformance::report::to_table(&report));
}
