//! What a case works with: a running subject, its issuer, its clock, and a forge of its tokens.
//!
//! In: a registered provider. Out: a world of its own, so that no case sees what another did.
//! Next: `cases`.

use std::sync::Arc;
use std::time::Duration;

use auth_core::any::AnyProvider;
use auth_core::clock::ManualClock;
use auth_core::config::{Environment, Vars};
use auth_core::{Algorithm, Configured};
use serde_json::json;

use crate::case::observation;
use crate::forge::{Forge, KeyRing, SUBJECT};
use crate::idp::{Issuer, Reply, client};
use crate::subject::{Answer, InProcess, Profile, Registered};
use crate::verdict::Stop;

/// The moment at which every case begins: 2027-01-15T08:00:00Z.
pub const NOW: u64 = 1_800_000_000;

/// A running subject and its world.
#[derive(Debug)]
pub struct Bench {
    /// Makes its tokens.
    pub forge: Forge,
    /// Publishes its keys.
    pub issuer: Issuer,
    /// Tells it the time.
    pub clock: Arc<ManualClock>,
    /// What it promises.
    pub profile: Profile,
    subject: InProcess,
    registered: Registered,
    environment: Environment,
    observations: Vec<String>,
}

/// What a subject promises, without starting its world.
///
/// # Errors
///
/// [`Stop::Control`] when it cannot be built.
pub fn profile(registered: &Registered) -> Result<Profile, Stop> {
    let vars = variables(registered)?;
    let provider = build(registered, &Environment::process().with_vars(vars))?;
    Ok(InProcess::new(provider).profile())
}

impl Bench {
    /// Starts a subject and its world.
    ///
    /// # Errors
    ///
    /// [`Stop::Control`] when it cannot be built.
    pub async fn start(registered: &Registered) -> Result<Self, Stop> {
        let profile = profile(registered)?;
        let variables = variables(registered)?;
        let algorithm = profile.algorithm.unwrap_or(Algorithm::RS256);
        let keys = KeyRing::new(algorithm, secret(registered).as_deref());
        let published = (registered.vendor.key_set)(&keys);
        let (host, path) = profile.key_url.clone().unwrap_or_default();
        let issuer = Issuer::start(&host, &path, Reply::keys(published.clone())).await;
        if let Some(place) = profile.discovery_url.clone() {
            let description = json!({
                "issuer": profile.issuer,
                "jwks_uri": format!("https://{host}{path}"),
            });
            let text = description.to_string();
            issuer.describe(place, Reply::text(200, "application/json", text));
        }
        let clock = Arc::new(ManualClock::at(Duration::from_secs(NOW)));
        let environment = Environment::process()
            .with_vars(variables)
            .with_http(client(&issuer.front))
            .with_clock(Arc::clone(&clock) as _);
        let subject = InProcess::new(build(registered, &environment)?);
        let forge = Forge {
            issuer: profile.issuer.clone(),
            audience: profile.audience.clone(),
            algorithm,
            keys,
            published,
            now: NOW,
            leeway: profile.leeway,
            dialect: (registered.vendor.claims)(),
        };
        let (registered, observations) = (*registered, Vec::new());
        Ok(Self { forge, issuer, clock, profile, subject, registered, environment, observations })
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
        let provider = build(&self.registered, &self.environment)?;
        self.subject = InProcess::new(set_up(provider));
        Ok(())
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
        let is_good = answer.is_allowed() && answer.subject.as_deref() == Some(SUBJECT);
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

    /// Lets time pass.
    pub fn advance(&mut self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        self.forge.now += seconds;
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

fn variables(registered: &Registered) -> Result<Vars, Stop> {
    let variables = registered.vendor.variables_for(registered.descriptor());
    Ok(variables.map_err(Stop::Unimplemented)?.into_iter().collect())
}

/// The secret that the subject was given, if one of its options is one.
fn secret(registered: &Registered) -> Option<String> {
    let descriptor = registered.descriptor();
    let option =
        descriptor.options().find(|field| field.kind == auth_core::config::Kind::HmacSecret)?;
    let variables = registered.vendor.variables_for(descriptor).ok()?;
    variables
        .into_iter()
        .find(|(name, _)| option.variables.contains(&name.as_str()))
        .map(|(_, value)| value)
}

fn build(
    registered: &Registered,
    environment: &Environment,
) -> Result<Configured<AnyProvider>, Stop> {
    registered
        .build(environment)
        .map_err(|error| Stop::Control(format!("it did not start: {error}")))
}
