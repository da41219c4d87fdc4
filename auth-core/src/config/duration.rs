//! Lengths of time: `90s` or `1h30m` in, a [`Duration`] out. Next: `list`.

use std::time::Duration;

use super::{FromEnv, Kind, ValueError};

/// Units and their seconds, longest first; the last is a thousandth.
const UNITS: [(&str, Option<u64>); 4] =
    [("h", Some(3600)), ("m", Some(60)), ("s", Some(1)), ("ms", None)];

/// `250ms`, `30s`, `5m`, `1h`, and several of them from the longest unit to the shortest, as in
/// `1h30m`. A number without a unit is refused, since nobody can tell which; so are fractions and
/// white space.
impl FromEnv for Duration {
    const KIND: Kind = Kind::Duration;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        parse(text).ok_or_else(|| ValueError::new("a duration such as 30s, 5m or 1h").found(text))
    }
}

fn parse(text: &str) -> Option<Duration> {
    let (mut total, mut rest, mut units) = (None, text, UNITS.iter());
    while !rest.is_empty() {
        let (digits, behind) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let end = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(end);
        // What was passed over is longer, and comes too late.
        let (_, seconds) = units.find(|(name, _)| *name == unit)?;
        let amount: u64 = digits.parse().ok()?;
        let part = match seconds {
            Some(seconds) => Duration::from_secs(amount.checked_mul(*seconds)?),
            None => Duration::from_millis(amount),
        };
        total = Some(total.unwrap_or(Duration::ZERO).checked_add(part)?);
        rest = behind;
    }
    total
}
