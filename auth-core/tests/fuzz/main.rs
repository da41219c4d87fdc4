//! The fuzz targets on a stable compiler: seeds, changed a few times each, for a bounded time.
//!
//! Without a wish every target gets the same few hundred inputs every time. `FUZZ_SECONDS` is how
//! long all of them together may take instead, `PROPTEST_RNG_SEED` asks for other inputs, and
//! `--nocapture` shows how many there were. Under cargo-fuzz, which finds its own way into the
//! code, the same targets run from `tests/libfuzzer`.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod mutation;
mod targets;

use std::cell::Cell;
use std::time::{Duration, Instant};

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use self::mutation::Input;
use self::targets::Target;

/// The inputs of each target when nobody says how long.
const INPUTS: u32 = 400;

/// How long a target is kept at it.
#[derive(Clone, Copy)]
enum Bound {
    Inputs,
    Until(Instant),
}

/// Runs one target; how many inputs it took, and for how long.
fn drive(target: &Target, bound: Bound) -> (u32, Duration) {
    let mut config = Config { cases: INPUTS, failure_persistence: None, ..Config::default() };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(7519);
    }
    let mut source = TestRunner::new(config.clone());
    let inputs = mutation::inputs((target.seeds)());
    let (start, count) = (Instant::now(), Cell::new(0));
    let run = |input: Input| {
        (target.run)(&input.0);
        count.set(count.get() + 1);
        Ok::<(), TestCaseError>(())
    };
    loop {
        // A runner is done for good after its cases: each round has its own, and other inputs.
        let mut round = TestRunner::new_with_rng(config.clone(), source.new_rng());
        round.run(&inputs, run).unwrap_or_else(|failure| panic!("{}: {failure}", target.name));
        match bound {
            Bound::Until(end) if Instant::now() < end => {}
            Bound::Until(_) | Bound::Inputs => return (count.get(), start.elapsed()),
        }
    }
}

#[test]
fn every_target_holds_for_whatever_its_seeds_are_turned_into() {
    let seconds = std::env::var("FUZZ_SECONDS").ok();
    let seconds = seconds.map(|text| text.parse::<u32>().expect("FUZZ_SECONDS is a number"));
    let targets = u32::try_from(targets::ALL.len()).unwrap();
    for target in &targets::ALL {
        let share = seconds.map(|all| Duration::from_secs(all.into()) / targets);
        let bound = share.map_or(Bound::Inputs, |share| Bound::Until(Instant::now() + share));
        let (count, took) = drive(target, bound);
        let rate = f64::from(count) / took.as_secs_f64();
        println!("{:<16} {count:>9} inputs {rate:>9.0} a second", target.name);
        assert!(count >= INPUTS, "{}", target.name);
    }
}

#[test]
fn every_target_holds_for_its_seeds_as_they_are() {
    for target in &targets::ALL {
        let seeds = (target.seeds)();
        assert!(seeds.len() >= 3, "{}", target.name);
        for seed in &seeds {
            (target.run)(seed);
        }
        (target.run)(b"");
    }
}
