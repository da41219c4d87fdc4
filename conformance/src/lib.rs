//! Proves that an authentication provider is correct.
//!
//! Local identity providers with keys made on the spot, named cases, and a verdict for each: a
//! refusal counts only if the same instance accepts the same token without its one defect.
//!
//! # The walk
//!
//! [`suite`] runs the [`cases`] that fit a subject. A case asks a [`bench`](mod@bench) for tokens
//! (its [`forge`]) and puts them to the [`subject`], which believes that it talks to its vendor, a
//! [`fake`]: the [`idp`] answers under the vendor's host names, behind the [`tls`] front. The answers become
//! verdicts, and those a [`report`].
//!
//! ```no_run
//! # async fn example() {
//! let subjects = auth_conformance::subject::registered();
//! let selection = auth_conformance::suite::Selection::everything();
//! let report = auth_conformance::suite::run(&subjects, &selection).await;
//! assert_eq!(report.exit_status(), 0);
//! # }
//! ```

pub mod suite;
mod selection;
pub mod case;
pub mod cases;
pub mod bench;
pub mod fake;
pub mod forge;
pub mod subject;
pub mod idp;
pub mod tls;
pub mod verdict;
pub mod report;
pub mod snapshot;
