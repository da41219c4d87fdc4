//! Decisions do not depend on the run: no time, no key and no order of events is in them. What they
//! are is kept in the snapshots of `auth-providers`.

use auth_conformance::snapshot;
use auth_conformance::subject::registered;
use auth_conformance::suite::{self, Selection};
use auth_providers as _;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_runs_give_the_same_bytes() {
    let selection = Selection::parse(&[], &["sig".into(), "cfg".into(), "jwks".into()], &[]);
    let selection = selection.unwrap();
    let [first, second] =
        [suite::run(&registered(), &selection).await, suite::run(&registered(), &selection).await]
            .map(|report| {
                let decisions: Vec<String> =
                    report.subjects.iter().map(snapshot::decisions).collect();
                (auth_conformance::report::to_json(&report), decisions)
            });
    assert_eq!(first, second);
}
