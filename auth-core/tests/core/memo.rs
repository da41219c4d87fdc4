//! What a vendor said lately: who asks, who waits, what is kept and for how long. How questions end
//! is in `memo_endings`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use auth_core::AuthError;
use auth_core::clock::ManualClock;
use auth_core::upstream::{Memo, MemoOptions, UpstreamBody, UpstreamError};
use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::world::settled;
use crate::{NOW, environment};

/// Seconds that an answer is kept here, and how many are.
const LIFETIME: u64 = 30;
const CAPACITY: usize = 3;

/// The most questions under way at a time.
const MAX_QUESTIONS: usize = 256;

/// A memo, its clock, and a vendor that answers when it is let, with the number of the question.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) memo: Memo<String, usize>,
    clock: Arc<ManualClock>,
    asked: Arc<AtomicUsize>,
    pub(crate) is_open: watch::Sender<bool>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::keeping(LIFETIME, CAPACITY)
    }

    fn keeping(seconds: u64, capacity: usize) -> Self {
        let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
        let options = MemoOptions { lifetime: Duration::from_secs(seconds), capacity };
        let memo = Memo::new(options, &environment().with_clock(Arc::<ManualClock>::clone(&clock)));
        Self { memo, clock, asked: Arc::default(), is_open: watch::Sender::new(true) }
    }

    /// What is known of a key, or the number of the question about it.
    pub(crate) async fn get(&self, key: &str) -> Result<usize, UpstreamError> {
        self.memo.get(key.to_owned(), || self.answer()).await
    }

    fn answer(&self) -> impl Future<Output = Result<usize, UpstreamError>> + Send + use<> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut is_open = self.is_open.subscribe();
        async move {
            is_open.wait_for(|is_open| *is_open).await.unwrap();
            Ok(number)
        }
    }

    /// The same for a caller who does not wait; `None` for one who would have to.
    pub(crate) fn get_at_once(&self, key: &str) -> Option<Result<usize, UpstreamError>> {
        self.get(key).now_or_never()
    }

    async fn fails(&self, error: UpstreamError) -> UpstreamError {
        self.memo.get("key".to_owned(), || async { Err(error) }).await.unwrap_err()
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

fn code(error: UpstreamError) -> &'static str {
    AuthError::from(error).code()
}

#[tokio::test]
async fn ten_thousand_callers_of_one_key_ask_once() {
    let desk = Desk::new();
    desk.is_open.send_replace(false);
    let mut callers = JoinSet::new();
    for _ in 0..10_000 {
        let desk = desk.clone();
        callers.spawn(async move { desk.get("key").await });
    }
    tokio::task::yield_now().await;
    assert!(callers.try_join_next().is_none());
    desk.is_open.send_replace(true);
    assert_eq!(callers.join_all().await, vec![Ok(1); 10_000]);
    assert_eq!(desk.asked(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_callers_on_several_threads_ask_once() {
    let desk = Desk::new();
    let mut callers = JoinSet::new();
    for _ in 0..10_000 {
        let desk = desk.clone();
        callers.spawn(async move { desk.get("key").await });
    }
    assert_eq!(callers.join_all().await, vec![Ok(1); 10_000]);
    assert_eq!(desk.asked(), 1);
}

#[tokio::test]
async fn an_answer_counts_for_its_lifetime_from_when_it_was_asked_for() {
    let desk = Desk::new();
    desk.is_open.send_replace(false);
    assert_eq!(desk.get_at_once("key"), None);
    // The vendor may have looked at once, and taken its time to say so.
    desk.wait(10);
    desk.is_open.send_replace(true);
    settled().await;
    desk.wait(LIFETIME - 11);
    assert_eq!(desk.get_at_once("key"), Some(Ok(1)));
    desk.wait(1);
    assert_eq!(desk.get("key").await, Ok(2));
}

#[tokio::test]
async fn a_full_memo_gives_up_its_oldest_answer() {
    let desk = Desk::new();
    for key in ["a", "b", "c", "d"] {
        desk.get(key).await.unwrap();
    }
    assert_eq!(desk.memo.len(), CAPACITY);
    assert_eq!(desk.get_at_once("b"), Some(Ok(2)));
    assert_eq!(desk.get("a").await, Ok(5));
}

#[tokio::test]
async fn ten_thousand_keys_stay_within_capacity() {
    let desk = Desk::keeping(LIFETIME, 100);
    for number in 0..10_000 {
        desk.get(&number.to_string()).await.unwrap();
    }
    assert_eq!((desk.memo.len(), desk.asked()), (100, 10_000));
}

#[tokio::test]
async fn a_memo_without_time_or_room_keeps_nothing_and_still_asks_once_for_all_who_wait() {
    for desk in [Desk::keeping(0, CAPACITY), Desk::keeping(LIFETIME, 0)] {
        desk.is_open.send_replace(false);
        let (first, second) = (desk.get("key"), desk.get("key"));
        let both = futures_util::future::join(first, second);
        desk.is_open.send_replace(true);
        assert_eq!(both.await, (Ok(1), Ok(1)));
        assert!(desk.memo.is_empty());
        assert_eq!(desk.get("key").await, Ok(2));
    }
}

#[tokio::test]
async fn a_failure_is_told_to_all_who_wait_and_is_not_kept() {
    let desk = Desk::new();
    let (told, _) = watch::channel(());
    let waiting = desk.memo.get("key".to_owned(), || {
        let mut told = told.subscribe();
        async move {
            told.changed().await.unwrap();
            Err(UpstreamError::RateLimited)
        }
    });
    let waiting = futures_util::future::join(waiting, desk.get("key"));
    let ((first, second), ()) = futures_util::future::join(waiting, async {
        tokio::task::yield_now().await;
        told.send_replace(());
    })
    .await;
    assert_eq!(first, Err(UpstreamError::RateLimited));
    assert_eq!((second, desk.asked()), (Err(UpstreamError::RateLimited), 0));
    assert!(desk.memo.is_empty());
    assert_eq!(desk.get("key").await, Ok(1));
}

#[tokio::test]
async fn every_failure_is_an_outage_and_none_is_kept() {
    let desk = Desk::new();
    for error in [
        UpstreamError::RateLimited,
        UpstreamError::OwnKeyRefused { status: 401 },
        UpstreamError::TokenRefused { status: 401, body: UpstreamBody::default() },
        UpstreamError::Malformed("canary"),
        UpstreamError::Unaskable("canary"),
        UpstreamError::Unreachable("canary".into()),
    ] {
        assert_eq!(desk.fails(error.clone()).await, error);
        assert_eq!(code(error), "upstream_unavailable");
        assert!(desk.memo.is_empty());
    }
}

#[tokio::test]
async fn so_many_questions_are_put_at_a_time_and_no_more_even_if_some_are_forgotten() {
    let desk = Desk::new();
    desk.is_open.send_replace(false);
    for number in 0..MAX_QUESTIONS {
        assert_eq!(desk.get_at_once(&number.to_string()), None);
    }
    desk.memo.forget(&"0".to_owned());
    let refused = desk.get_at_once("one-more").unwrap().unwrap_err();
    assert_eq!(refused, UpstreamError::Unreachable("too many questions are under way".into()));
    assert_eq!(code(refused), "upstream_unavailable");
    assert_eq!(desk.get_at_once("1"), None);
    assert_eq!(desk.asked(), MAX_QUESTIONS);
    desk.is_open.send_replace(true);
    settled().await;
    assert!(desk.get("one-more").await.is_ok());
}

#[tokio::test]
async fn it_prints_how_many_answers_there_are_and_none_of_them() {
    let desk = Desk::new();
    assert!(desk.memo.is_empty());
    desk.get("canary").await.unwrap();
    assert!(!desk.memo.is_empty());
    assert_eq!(format!("{:?}", desk.memo), "Memo(1 answers)");
}
