//! Two or more pieces of work in, what each costs beside the first out.
//!
//! On a machine that others use as well, one measured second differs from the next by more than
//! what is compared here. So the contenders take turns, far below a scheduler's slice each, and the
//! fast turns count: the lower tenth of each contender's is what its work costs while nobody
//! interferes.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often everybody has a turn.
const ROUNDS: usize = 2001;

/// How long a turn takes, about.
const TURN: Duration = Duration::from_micros(200);

/// A piece of work.
pub(crate) struct Contender<'w> {
    /// What the table calls it.
    pub(crate) name: &'static str,
    work: Box<dyn FnMut() + 'w>,
}

/// What a piece of work costs.
#[derive(Debug, Clone)]
pub(crate) struct Cost {
    /// What the table calls it.
    pub(crate) name: &'static str,
    /// The lower tenth of its times, in nanoseconds.
    pub(crate) nanoseconds: f64,
    /// That, divided by the first contender's.
    pub(crate) ratio: f64,
}

impl<'w> Contender<'w> {
    /// Whatever the work comes to counts as used, so that none of it is optimised away.
    pub(crate) fn new<R>(name: &'static str, mut work: impl FnMut() -> R + 'w) -> Self {
        let work = move || drop(black_box(work()));
        Self { name, work: Box::new(work) }
    }

    /// The time of one piece, in nanoseconds, as the mean of a turn.
    fn turn(&mut self, times: u32) -> f64 {
        let start = Instant::now();
        for _ in 0..times {
            (self.work)();
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(times)
    }

    /// How many pieces make a turn; also warms up.
    fn times(&mut self) -> u32 {
        let mut times = 1;
        while times < 1 << 20 {
            let start = Instant::now();
            for _ in 0..times {
                (self.work)();
            }
            if start.elapsed() >= TURN {
                break;
            }
            times *= 2;
        }
        times
    }
}

/// Everybody's cost; the first one's ratio is 1.
pub(crate) fn race(mut contenders: Vec<Contender<'_>>) -> Vec<Cost> {
    let times: Vec<u32> = contenders.iter_mut().map(Contender::times).collect();
    let mut rounds = vec![Vec::with_capacity(ROUNDS); contenders.len()];
    for _ in 0..ROUNDS {
        for ((contender, times), taken) in contenders.iter_mut().zip(&times).zip(&mut rounds) {
            taken.push(contender.turn(*times));
        }
    }
    let costs: Vec<f64> = rounds.into_iter().map(lower_tenth).collect();
    let cost = |(contender, nanoseconds): (&Contender<'_>, &f64)| Cost {
        name: contender.name,
        nanoseconds: *nanoseconds,
        ratio: nanoseconds / costs[0],
    };
    contenders.iter().zip(&costs).map(cost).collect()
}

fn lower_tenth(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 10]
}
