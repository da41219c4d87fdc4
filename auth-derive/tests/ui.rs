//! What a user reads after a mistake: one file a topic, its messages beside it.
//!
//! The messages are rustc's, so this runs on the toolchain that `rust-toolchain.toml` pins. After a
//! change on purpose, run it with `TRYBUILD=overwrite` and read the difference.

#[test]
fn tells_every_mistake_on_its_own_token() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
