//! A list that WorkOS gives page by page: a user's id in, all their active memberships out, within
//! limits in time and in pages. Next: `membership`.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::Clock;
use auth_core::upstream::{Upstream, UpstreamError};
use serde::Deserialize;

use super::membership::{WorkOsMembership, Written};

/// The most entries that WorkOS puts on a page, and the most pages that are read.
const PER_PAGE: &str = "100";
const MOST_PAGES: usize = 10;

/// The most time for all pages, and for one.
const ALL_PAGES: Duration = Duration::from_secs(5);
const ONE_PAGE: Duration = Duration::from_secs(3);

#[derive(Debug, Deserialize)]
struct Page {
    data: Vec<Written>,
    list_metadata: Cursors,
}

#[derive(Debug, Deserialize)]
struct Cursors {
    after: Option<String>,
}

/// All active memberships of a user.
///
/// <https://workos.com/docs/reference/authkit/organization-membership/list>
pub(super) async fn memberships(
    api: Upstream,
    clock: Arc<dyn Clock>,
    user: String,
) -> Result<Arc<[WorkOsMembership]>, UpstreamError> {
    let began = clock.monotonic();
    let (mut found, mut after) = (Vec::new(), None);
    for _ in 0..MOST_PAGES {
        let left = ALL_PAGES.saturating_sub(clock.monotonic().saturating_sub(began));
        if left.is_zero() {
            return Err(UpstreamError::Unreachable("its list takes too long".into()));
        }
        let page = page(&api, &user, after.as_deref(), left.min(ONE_PAGE)).await?;
        if page.data.iter().any(|entry| entry.user_id != user) {
            return Err(UpstreamError::Malformed("it lists somebody else's memberships"));
        }
        let active = page.data.into_iter().filter(|entry| entry.status == "active");
        found.extend(active.map(WorkOsMembership::from));
        after = page.list_metadata.after;
        if after.is_none() {
            return Ok(found.into());
        }
    }
    Err(UpstreamError::Malformed("its list has more pages than anybody belongs to"))
}

async fn page(
    api: &Upstream,
    user: &str,
    after: Option<&str>,
    within: Duration,
) -> Result<Page, UpstreamError> {
    let question = api
        .get(&["user_management", "organization_memberships"])
        .query("user_id", user)
        .query("statuses", "active")
        .query("limit", PER_PAGE);
    let question = match after {
        Some(cursor) => question.query("after", cursor),
        None => question,
    };
    question.within(within).json().await
}
