//! How much more two threads get done than one: a verifier that is shared must not make them wait.

use std::hint::black_box;
use std::thread;
use std::time::Instant;

use auth_core::Algorithm;

use crate::contender::Stage;

/// How often both ways are tried.
const ROUNDS: usize = 15;

/// An algorithm and how many times the work of one thread two threads do.
#[derive(Debug, Clone)]
pub(crate) struct Gain {
    pub(crate) algorithm: Algorithm,
    pub(crate) factor: f64,
}

/// One verifier, asked by one thread, then by two.
pub(crate) fn gain(algorithm: Algorithm) -> Gain {
    let stage = Stage::new(algorithm);
    let times = if algorithm.is_symmetric() { 8_000 } else { 800 };
    let work = || {
        for _ in 0..times {
            black_box(stage.verify().is_ok());
        }
    };
    let by = |workers: usize| {
        let start = Instant::now();
        thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
        start.elapsed().as_secs_f64()
    };
    by(2);
    // The best of each: what the machine could do while nobody else was using it.
    let best = |workers| (0..ROUNDS).map(|_| by(workers)).fold(f64::INFINITY, f64::min);
    let (one, two) = (best(1), best(2));
    Gain { algorithm, factor: 2.0 * one / two }
}
