//! Shared secrets in, one key for each secret and algorithm out, or all that is wrong with them.
//!
//! Several secrets are for rotation: the issuer signs with the newest, and tokens under the older
//! ones are good until they expire. Next: `signature`.

use crate::config::HmacSecret;
use crate::jwks::MAX_TRIED;
use crate::jwt::{Algorithm, VerifyingKey};

/// A key for each secret and algorithm, in the order in which they are tried.
pub(super) fn keys(
    secrets: &[HmacSecret],
    algorithms: &[Algorithm],
) -> Result<Vec<VerifyingKey>, Vec<String>> {
    let mut problems: Vec<_> = number_problem(secrets).into_iter().collect();
    for (index, secret) in secrets.iter().enumerate() {
        let name =
            if secrets.len() == 1 { String::new() } else { format!("secret {}: ", index + 1) };
        if secrets[..index].iter().any(|other| other.bytes() == secret.bytes()) {
            problems.push(format!("{name}it is the same as one before it"));
        }
        let too_short = |algorithm: &&Algorithm| secret.bytes().len() < least_bytes(**algorithm);
        problems.extend(algorithms.iter().filter(too_short).map(|algorithm| {
            format!(
                "{name}{algorithm} needs a secret of at least {} bytes",
                least_bytes(*algorithm)
            )
        }));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let pairs = secrets.iter().flat_map(|secret| algorithms.iter().map(move |it| (*it, secret)));
    Ok(pairs
        .filter_map(|(algorithm, secret)| VerifyingKey::hmac(algorithm, secret.bytes()))
        .collect())
}

fn number_problem(secrets: &[HmacSecret]) -> Option<String> {
    match secrets.len() {
        0 => Some("no secret is given: no token could pass".to_owned()),
        1..=MAX_TRIED => None,
        more => Some(format!("{more} secrets are given: keep the newest {MAX_TRIED} at most")),
    }
}

/// As many as the hash has (RFC 7518, section 3.2).
const fn least_bytes(algorithm: Algorithm) -> usize {
    match algorithm {
        Algorithm::HS384 => 48,
        Algorithm::HS512 => 64,
        _ => HmacSecret::MIN_BYTES,
    }
}
