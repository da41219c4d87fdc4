//! The fuzz targets: bytes in, nothing out, a panic if something does not hold.
//!
//! Not panicking is the least of it. What is accepted is checked a second time, by other means;
//! what is refused is refused for something that its place can be refused for; and the same input
//! gets the same answer twice. Run by `tests/fuzz` and `tests/libfuzzer`.

mod certificates;
mod claims;
mod discovery;
mod header;
mod introspection;
mod key_set;
mod proof;
mod public_key;
mod token;
mod world;

/// One place that bytes of strangers come in at.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&[u8]),
    /// Inputs to begin with, good ones among them.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub(crate) const ALL: [Target; 9] = [
    Target { name: "token", run: token::run, seeds: token::seeds },
    Target { name: "header", run: header::run, seeds: header::seeds },
    Target { name: "claims", run: claims::run, seeds: claims::seeds },
    Target { name: "key_set", run: key_set::run, seeds: key_set::seeds },
    Target { name: "public_key", run: public_key::run, seeds: public_key::seeds },
    Target { name: "certificates", run: certificates::run, seeds: certificates::seeds },
    Target { name: "discovery", run: discovery::run, seeds: discovery::seeds },
    Target { name: "introspection", run: introspection::run, seeds: introspection::seeds },
    Target { name: "proof", run: proof::run, seeds: proof::seeds },
];
