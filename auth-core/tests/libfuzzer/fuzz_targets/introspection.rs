//! The target `introspection` under libFuzzer. Next: `targets`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| auth_core_fuzz::run("introspection", data));
