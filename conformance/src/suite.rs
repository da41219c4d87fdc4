//! Runs cases against subjects, each in a world of its own, several at a time.
//!
//! In: subjects and a [`Selection`]. Out: a [`Report`] in the order of the catalogue, whatever
//! order the cases ended in. Next: `case`.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt};

use crate::bench::{Bench, require};
use crate::case::{ANOTHER_VENDOR, Case, Level, Run, Sample};
use crate::report::{CaseReport, Report, SubjectReport};
pub use crate::selection::Selection;
use crate::subject::{Answer, Registered};
use crate::verdict::{Stop, Verdict};

/// How many worlds exist at a time.
const AT_A_TIME: usize = 8;

/// How long a case may take before its subject counts as hanging; most take milliseconds.
const TIME_LIMIT: Duration = Duration::from_mins(1);

/// Runs what is selected.
pub async fn run(subjects: &[Registered], selection: &Selection) -> Report {
    run_with(subjects, selection, |_, _| {}).await
}

/// Runs what is selected and says how many cases have ended, of how many.
pub async fn run_with(
    subjects: &[Registered],
    selection: &Selection,
    mut progress: impl FnMut(usize, usize),
) -> Report {
    let (subjects, cases) = (selection.subjects(subjects), selection.cases());
    let pairs: Vec<_> = subjects
        .iter()
        .flat_map(|subject| cases.iter().map(move |case| (*subject, *case)))
        .collect();
    let count = pairs.len();
    let mut ended = 0;
    let broken = join_all(subjects.iter().map(|subject| preflight(subject))).await;
    let running = pairs.into_iter().enumerate().map(|(index, (subject, case))| {
        run_apart(*subject, case, broken[index / cases.len()].clone())
    });
    let mut reports: Vec<CaseReport> = stream::iter(running)
        .buffered(AT_A_TIME)
        .inspect(|_| {
            ended += 1;
            progress(ended, count);
        })
        .collect()
        .await;
    let mut rest = reports.drain(..);
    let of_subject = |subject: &&Registered| {
        SubjectReport::new(subject.name(), rest.by_ref().take(cases.len()).collect())
    };
    let subjects = subjects.iter().map(of_subject).collect();
    Report::of(subjects)
}

/// Whether the subject starts and accepts a good token: if not, nothing else can be asked.
async fn preflight(subject: &Registered) -> Option<Stop> {
    let is_known = subject.profile().map_or_else(|_| true, |profile| profile.is_known());
    let started = async { Bench::start(subject).await?.control().await };
    if is_known { started.await.err() } else { None }
}

/// A case in a task of its own: whatever happens to it, the others go on. Of a broken subject, only
/// its configuration is looked at.
async fn run_apart(subject: Registered, case: &'static Case, broken: Option<Stop>) -> CaseReport {
    if let Some(stop) = broken.filter(|_| !matches!(case.run, Run::Configuration(_))) {
        let (verdict, detail) = judge(case, Err(stop));
        return CaseReport { case, verdict, detail, observations: Vec::new() };
    }
    let running = async move { tokio::time::timeout(TIME_LIMIT, run_case(&subject, case)).await };
    let (verdict, detail) = match tokio::spawn(running).await {
        Ok(Ok(report)) => return report,
        Ok(Err(_)) => (Verdict::Fail, format!("no answer within {} s", TIME_LIMIT.as_secs())),
        Err(_) => (Verdict::Error, "the case panicked".to_owned()),
    };
    CaseReport { case, verdict, detail: Some(detail), observations: Vec::new() }
}

async fn run_case(subject: &Registered, case: &'static Case) -> CaseReport {
    let (outcome, observations) = match case.run {
        Run::Configuration(check) => match is_about(subject, case).and_then(|()| check(subject)) {
            Ok(observations) => (Ok(()), observations),
            Err(stop) => (Err(stop), Vec::new()),
        },
        _ => match unmet_need(subject, case) {
            Err(stop) => (Err(stop), Vec::new()),
            Ok(()) => run_in_world(subject, case).await,
        },
    };
    let (verdict, detail) = judge(case, outcome);
    CaseReport { case, verdict, detail, observations }
}

/// A case about another vendor is skipped before anything else is asked, and so is one that the
/// vendor's own checklist contradicts.
fn is_about(subject: &Registered, case: &Case) -> Result<(), Stop> {
    let skip = |reason: &'static str| Err(Stop::Skip(reason.to_owned()));
    if let Some(vendor) = case.vendor()
        && vendor != subject.vendor.provider
    {
        return skip(ANOTHER_VENDOR);
    }
    let stricter = subject.vendor.stricter.iter().find(|(id, _)| *id == case.id);
    stricter.map_or(Ok(()), |(_, reason)| skip(reason))
}

/// A case about this vendor knows what its tokens are, whatever the subject shows.
fn unmet_need(subject: &Registered, case: &Case) -> Result<(), Stop> {
    let skip = |reason: &'static str| Err(Stop::Skip(reason.to_owned()));
    is_about(subject, case)?;
    let profile = subject.profile()?;
    if !profile.is_known() && case.vendor().is_none() {
        let reason = "it shows no verifier to derive tokens from: implement `verifier()`";
        return Err(Stop::Unimplemented(reason.to_owned()));
    }
    let unmet = case.needs.iter().find_map(|need| need.unmet(subject, &profile));
    unmet.map_or(Ok(()), skip)
}

async fn run_in_world(subject: &Registered, case: &Case) -> (Result<(), Stop>, Vec<String>) {
    let mut bench = match Bench::start(subject).await {
        Ok(bench) => bench,
        Err(stop) => return (Err(stop), Vec::new()),
    };
    let outcome = match case.run {
        Run::Refused(make) => {
            let samples = make(&bench.forge);
            refused(&mut bench, samples).await
        }
        Run::Accepted(make) => {
            let samples = make(&bench.forge);
            accepted(&mut bench, samples).await
        }
        Run::Scene(scene) => scene(&mut bench).await,
        Run::Configuration(_) => Ok(()),
    };
    (outcome, bench.into_observations())
}

/// Each sample is refused, as a request and as a library call; a good token is accepted before the
/// first and after the last, by the same instance.
async fn refused(bench: &mut Bench, samples: Vec<Sample>) -> Result<(), Stop> {
    require(!samples.is_empty(), || "the case made no token".to_owned())?;
    bench.control().await?;
    for Sample { label, token } in samples {
        let direct = bench.subject().ask_directly(&token).await;
        let answer = bench.subject().ask(&token).await;
        bench.note(&label, &direct);
        for answer in [answer, direct] {
            require(answer.is_refused(), || {
                format!("{label}: expected refused with 401, got {answer}")
            })?;
            require(!leaks(&answer, &token), || format!("{label}: the refusal quotes the token"))?;
        }
    }
    bench.must_not_have_strayed()?;
    bench.control().await
}

async fn accepted(bench: &mut Bench, samples: Vec<Sample>) -> Result<(), Stop> {
    require(!samples.is_empty(), || "the case made no token".to_owned())?;
    for Sample { label, token } in samples {
        bench.must_allow(&label, &token).await?;
        let answer = bench.subject().ask(&token).await;
        let subject = answer.subject.unwrap_or_default();
        require(subject == bench.forge.subject, || {
            format!("{label}: expected the subject that was signed, got {subject:?}")
        })?;
    }
    bench.must_not_have_strayed()
}

/// Whether an answer, its log line included, holds twelve bytes of the token in a row. Of a huge
/// token, its beginning and its end are looked for.
fn leaks(answer: &Answer, token: &str) -> bool {
    const PIECE: usize = 12;
    const EDGE: usize = 4096;
    let texts = [&answer.body, &answer.log, answer.challenge.as_ref().unwrap_or(&answer.body)];
    let said: HashSet<&[u8]> =
        texts.iter().flat_map(|text| text.as_bytes().windows(PIECE)).collect();
    let token = token.as_bytes();
    let edges = [&token[..token.len().min(EDGE)], &token[token.len().saturating_sub(EDGE)..]];
    edges.iter().flat_map(|edge| edge.windows(PIECE)).any(|piece| said.contains(piece))
}

fn judge(case: &Case, outcome: Result<(), Stop>) -> (Verdict, Option<String>) {
    match (outcome, case.level) {
        (Ok(()), _) => (Verdict::Pass, None),
        (Err(Stop::Missed(detail)), Level::Must) => (Verdict::Fail, Some(detail)),
        (Err(Stop::Missed(detail)), Level::Should) => (Verdict::NonStrict, Some(detail)),
        (Err(Stop::Control(detail)), _) => (Verdict::Error, Some(detail)),
        (Err(Stop::Unimplemented(detail)), _) => (Verdict::Unimplemented, Some(detail)),
        (Err(Stop::Skip(reason)), _) => (Verdict::Skip, Some(reason)),
    }
}
