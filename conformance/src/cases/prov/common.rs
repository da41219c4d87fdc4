//! What several vendors' cases need: one claim changed, a subject set up otherwise, and what it says
//! of a set-up that must not start.

use auth_core::config::{Environment, Texts, Vars};
use serde_json::Value;

use crate::bench::{Bench, require};
use crate::case::Sample;
use crate::forge::Forge;
use crate::subject::Registered;
use crate::verdict::Stop;

type Pairs<'a> = &'a [(&'a str, &'a str)];

/// A good token in which one claim says something else.
pub(super) fn saying(forge: &Forge, claim: &str, value: impl Into<Value>) -> Sample {
    let value = value.into();
    let label = format!("{claim} {value}");
    Sample::new(label, forge.good().claim(claim, value).sign())
}

/// A good token without one claim.
pub(super) fn without(forge: &Forge, claim: &str) -> Sample {
    Sample::new(format!("no {claim}"), forge.good().without(claim).sign())
}

/// Each of these must be refused, and a good token accepted before and after.
pub(super) async fn must_refuse_all(
    bench: &mut Bench,
    good: &str,
    bad: impl IntoIterator<Item = Sample>,
) -> Result<(), Stop> {
    bench.must_allow("good", good).await?;
    for Sample { label, token } in bad {
        bench.must_refuse(&label, &token).await?;
    }
    bench.must_allow("good again", good).await
}

/// Each of these must be accepted.
pub(super) async fn must_allow_all(
    bench: &mut Bench,
    good: impl IntoIterator<Item = Sample>,
) -> Result<(), Stop> {
    for Sample { label, token } in good {
        bench.must_allow(&label, &token).await?;
    }
    Ok(())
}

/// Starts the subject with these variables and no others, in the world of its fake.
pub(super) fn restart_as(bench: &mut Bench, variables: Pairs<'_>) -> Result<(), Stop> {
    let environment = bench.environment().clone().with_vars(vars(variables));
    let provider = bench.registered().build(&environment);
    let provider = provider.map_err(|error| Stop::Control(error.to_string()))?;
    bench.replace(provider);
    Ok(())
}

/// A request for keys must have gone to this place, where the fake has none.
pub(super) fn must_have_asked(bench: &Bench, host: &str, path: &str) -> Result<(), Stop> {
    let asked = bench.issuer.asked();
    let is_there = asked.iter().any(|asked| asked.host == host && asked.path == path);
    require(is_there, || format!("it did not ask {host}{path}: {asked:?}"))
}

/// With these variables it must not start, and say this.
pub(super) fn must_say(
    subject: &Registered,
    variables: Pairs<'_>,
    words: &str,
) -> Result<String, Stop> {
    let said = problem(subject, variables)
        .ok_or_else(|| Stop::Missed(format!("{variables:?}: it was built all the same")))?;
    require(said.contains(words), || format!("it does not say {words:?}: {said}"))?;
    Ok(said)
}

/// With these variables it must start.
pub(super) fn must_start(subject: &Registered, variables: Pairs<'_>) -> Result<String, Stop> {
    let label = variables.last().map_or("nothing", |(_, text)| *text);
    problem(subject, variables).map_or_else(
        || Ok(format!("{label}: built")),
        |said| Err(Stop::Missed(format!("{label}: it was not built: {said}"))),
    )
}

fn problem(subject: &Registered, variables: Pairs<'_>) -> Option<String> {
    let environment = Environment::process().with_vars(vars(variables));
    subject.build_with(Texts::empty(), &environment).err().map(|error| error.to_string())
}

fn vars(variables: Pairs<'_>) -> Vars {
    variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}
