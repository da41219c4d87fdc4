//! The catalogue: one file a group, one entry a case.
//!
//! In: a forge or a bench. Out: what to put to a subject, and what must come out. An id is stable
//! for ever, and what stands before its first hyphen tells its group.

mod aud;
mod authz;
mod bind;
mod cfg;
mod cfg_file;
mod cfg_folder;
mod cfg_given;
mod cfg_log;
mod cfg_malformed;
mod cfg_precedence;
mod cfg_secret;
mod cfg_trial;
mod claim;
mod ctl;
mod disc;
mod disc_faults;
mod err;
mod exp;
mod fmt;
mod hdr;
mod http;
mod iss;
mod jwe;
mod jwk;
mod jwks;
mod jwks_faults;
mod jwks_outage;
mod kid;
mod nbf;
mod prov;
mod sig;
mod sig_alg;
mod sig_hmac;
mod up;
mod up_calm;
mod up_secret;

use crate::case::Case;

/// Every group and what it is about, in the order of reports.
pub const GROUPS: [(&str, &str); 20] = [
    ("ctl", "good tokens are accepted"),
    ("sig", "signature and algorithm"),
    ("hdr", "what the header may say"),
    ("kid", "which key is meant"),
    ("fmt", "the form of a token"),
    ("jwe", "encrypted tokens"),
    ("time", "expiry, not before, issued at"),
    ("iss", "issuer"),
    ("aud", "audience"),
    ("claim", "subject, kinds of token"),
    ("bind", "tokens bound to their holder"),
    ("jwk", "what a key may be"),
    ("jwks", "fetching keys"),
    ("disc", "an issuer that says where its keys are"),
    ("up", "the vendor's own interface"),
    ("http", "the Authorization header"),
    ("err", "what a refusal tells"),
    ("authz", "authorization"),
    ("cfg", "configuration"),
    ("prov", "dialects of vendors"),
];

/// Every case, in the order of [`GROUPS`].
pub fn all() -> impl Iterator<Item = &'static Case> {
    [
        ctl::CASES,
        sig::CASES,
        sig_alg::CASES,
        sig_hmac::CASES,
        hdr::CASES,
        kid::CASES,
        fmt::CASES,
        jwe::CASES,
        exp::CASES,
        nbf::CASES,
        iss::CASES,
        aud::CASES,
        claim::CASES,
        bind::CASES,
        jwk::CASES,
        jwks::CASES,
        jwks_outage::CASES,
        jwks_faults::CASES,
        disc::CASES,
        disc_faults::CASES,
        up::CASES,
        up_calm::CASES,
        up_secret::CASES,
        http::CASES,
        err::CASES,
        authz::CASES,
        cfg::CASES,
        cfg_precedence::CASES,
        cfg_given::CASES,
        cfg_malformed::CASES,
        cfg_secret::CASES,
        cfg_file::CASES,
    ]
    .into_iter()
    .chain(prov::CASES.iter().copied())
    .flatten()
}

/// The case of that id.
pub fn find(id: &str) -> Option<&'static Case> {
    all().find(|case| case.id == id)
}
