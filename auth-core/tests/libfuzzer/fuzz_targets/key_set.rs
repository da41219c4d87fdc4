//! The target `key_set` under libFuzzer. Next: `targets`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| auth_core_fuzz::run("key_set", data));
