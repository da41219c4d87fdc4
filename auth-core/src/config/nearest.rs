//! What was probably meant: a name that is no option in, the nearest option's name out. Used by
//! `resolve`.

use super::Descriptor;

/// The longest name that is compared; whatever is longer is no misspelling.
const MOST: usize = 64;

/// The option that `name` is most likely a misspelling of.
pub(super) fn nearest(name: &str, descriptor: &Descriptor) -> Option<&'static str> {
    let name = name.trim().to_ascii_lowercase();
    if name.len() > MOST {
        return None;
    }
    let options = descriptor.options().map(|field| (distance(&name, field.name), field.name));
    let (distance, nearest) = options.min_by_key(|(distance, _)| *distance)?;
    // A third of the letters wrong is a misspelling; more is another word.
    (distance <= nearest.len() / 3).then_some(nearest)
}

/// How many letters have to be inserted, dropped, replaced or swapped with their neighbour.
fn distance(from: &str, to: &str) -> usize {
    let (from, to) = (from.as_bytes(), to.as_bytes());
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for i in 1..=from.len() {
        let mut row = vec![i];
        for j in 1..=to.len() {
            let replaced = last[j - 1] + usize::from(from[i - 1] != to[j - 1]);
            let mut cost = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[to.len()]
}
