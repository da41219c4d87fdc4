//! What a case works with: a running subject before a running fake of its vendor.
//!
//! In: a registered provider. Out: a world of its own, so that no case sees what another did.
//! Next: `cases`.

use std::ops::{Deref, DerefMut};

use auth_core::Configured;
use auth_core::any::AnyProvider;
use auth_core::config::{Environment, Texts};

use crate::case::observation;
use crate::fake::Fake;
pub use crate::fake::NOW;
use crate::subject::{Answer, InProcess, Registered};
use crate::verdict::Stop;

/// A running subject and its world: all that the [`Fake`] of its vendor has and does, and more.
#[derive(Debug)]
pub struct Bench {
    fake: Fake,
    subject: InProcess,
    registered: Registered,
    environment: Environment,
    observations: Vec<String>,
}

impl Deref for Bench {
    type Target = Fake;

    fn deref(&self) -> &Fake {
        &self.fake
    }
}

impl DerefMut for Bench {
    fn deref_mut(&mut self) -> &mut Fake {
        &mut self.fake
    }
}

impl Bench {
    /// Starts a subject and its world.
    ///
    /// # Errors
    ///
    /// [`Stop::Control`] when it cannot be built.
    pub async fn start(registered: &Registered) -> Result<Self, Stop> {
        let fake = Fake::of(registered).await?;
        let environment = fake.environment();
        let subject = InProcess::new(started(registered, Texts::empty(), &environment)?);
        let (registered, observations) = (*registered, Vec::new());
        Ok(Self { fake, subject, registered, environment, observations })
    }

    /// The running subject.
    pub const fn subject(&self) -> &InProcess {
        &self.subject
    }

    /// What was started.
    pub const fn registered(&self) -> &Registered {
        &self.registered
    }

    /// The world that it was started in.
    pub const fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Goes on with another instance.
    pub fn replace(&mut self, provider: Configured<AnyProvider>) {
        self.subject = InProcess::new(provider);
    }

    /// Starts the subject anew, as after a restart, or set up differently.
    ///
    /// # Errors
    ///
    /// [`Stop::Control`] when it cannot be built.
    pub fn restart(
        &mut self,
        set_up: impl FnOnce(Configured<AnyProvider>) -> Configured<AnyProvider>,
    ) -> Result<(), Stop> {
        let provider = started(&self.registered, Texts::empty(), &self.environment)?;
        self.subject = InProcess::new(set_up(provider));
        Ok(())
    }

    /// Starts the subject anew with these options, by name; the others as before. Tokens, keys and
    /// hosts stay those of the fake.
    ///
    /// # Errors
    ///
    /// [`Stop::Control`] when it cannot be built.
    pub fn restart_with(&mut self, texts: impl Into<Texts>) -> Result<(), Stop> {
        let provider = started(&self.registered, texts.into(), &self.environment)?;
        self.subject = InProcess::new(provider);
        Ok(())
    }

    /// The subject must have this option, or the case does not apply.
    ///
    /// # Errors
    ///
    /// [`Stop::Skip`] when it has none of that name.
    pub fn needs_option(&self, name: &str) -> Result<(), Stop> {
        let mut options = self.registered.descriptor().options();
        let is_there = options.any(|option| option.name == name);
        is_there.then_some(()).ok_or_else(|| Stop::Skip(format!("it has no option `{name}`")))
    }

    /// Lets time pass.
    pub fn advance(&mut self, seconds: u64) {
        self.fake.advance(seconds);
    }

    /// Notes what was answered, for snapshots.
    pub fn note(&mut self, label: &str, answer: &Answer) {
        self.observations.push(observation(label, answer));
    }

    /// Everything that was noted.
    pub fn into_observations(self) -> Vec<String> {
        self.observations
    }

    /// A good token must be accepted, or nothing that follows means anything.
    ///
    /// # Errors
    ///
    /// [`Stop::Control`] when it is not.
    pub async fn control(&self) -> Result<(), Stop> {
        let answer = self.subject.ask(&self.forge.good_token()).await;
        let is_good = answer.is_allowed() && answer.subject.as_ref() == Some(&self.forge.subject);
        is_good.then_some(()).ok_or_else(|| Stop::Control(format!("a good token got: {answer}")))
    }

    /// This token must be accepted.
    ///
    /// # Errors
    ///
    /// [`Stop::Missed`] when it is not.
    pub async fn must_allow(&mut self, label: &str, token: &str) -> Result<(), Stop> {
        let answer = self.subject.ask(token).await;
        self.judge(label, &answer, "accepted", Answer::is_allowed)
    }

    /// This token must be refused as a bad credential.
    ///
    /// # Errors
    ///
    /// [`Stop::Missed`] when it is not.
    pub async fn must_refuse(&mut self, label: &str, token: &str) -> Result<(), Stop> {
        let answer = self.subject.ask(token).await;
        self.judge(label, &answer, "refused with 401", Answer::is_refused)
    }

    /// Nobody can know whether this token is good, and that must be said.
    ///
    /// # Errors
    ///
    /// [`Stop::Missed`] when it is not.
    pub async fn must_be_unavailable(&mut self, label: &str, token: &str) -> Result<(), Stop> {
        let answer = self.subject.ask(token).await;
        self.judge(label, &answer, "unavailable with 503", Answer::is_unavailable)
    }

    /// This answer must be as expected.
    ///
    /// # Errors
    ///
    /// [`Stop::Missed`] when it is not.
    pub fn judge(
        &mut self,
        label: &str,
        answer: &Answer,
        expected: &str,
        is_expected: fn(&Answer) -> bool,
    ) -> Result<(), Stop> {
        self.note(label, answer);
        require(is_expected(answer), || format!("{label}: expected {expected}, got {answer}"))
    }

    /// The issuer must have been asked for its keys this often.
    ///
    /// # Errors
    ///
    /// [`Stop::Missed`] when it was not.
    pub fn must_have_fetched(&self, times: usize) -> Result<(), Stop> {
        let fetches = self.issuer.fetches();
        // Who wants no keys does not ask where they are either.
        let is_idle = times > 0 || self.issuer.readings() == 0;
        require(fetches == times && is_idle, || {
            format!("expected {times} requests for the key set, saw {fetches}")
        })
    }

    /// No other host and no other path may have been asked.
    ///
    /// # Errors
    ///
    /// [`Stop::Missed`] when one was.
    pub fn must_not_have_strayed(&self) -> Result<(), Stop> {
        let strays = self.issuer.strays();
        let first = strays.first().map(|asked| format!("{}{}", asked.host, asked.path));
        first.map_or(Ok(()), |place| Err(Stop::Missed(format!("it asked {place}"))))
    }
}

/// A condition of a case.
///
/// # Errors
///
/// [`Stop::Missed`] when it does not hold.
pub fn require(holds: bool, message: impl FnOnce() -> String) -> Result<(), Stop> {
    if holds { Ok(()) } else { Err(Stop::Missed(message())) }
}

fn started(
    registered: &Registered,
    texts: Texts,
    environment: &Environment,
) -> Result<Configured<AnyProvider>, Stop> {
    registered
        .build_with(texts, environment)
        .map_err(|error| Stop::Control(format!("it did not start: {error}")))
}
