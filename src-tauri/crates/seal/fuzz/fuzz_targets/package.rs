//! A package, as anybody may hand it in: its files, one after another.
#![no_main]

#[path = "../packed.rs"]
mod packed;

use libfuzzer_sys::fuzz_target;
use trail_seal::verify::Expectation;

fuzz_target!(|bytes: &[u8]| {
    // A verdict, never anything else.
    let _verdict = trail_seal::package::verify_package(&packed::unpacked(bytes), &Expectation::default());
});
