//! A document, as anybody may hand it in.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trail_seal::verify::{Expectation, verify};

fuzz_target!(|bytes: &[u8]| {
    // A verdict, never anything else.
    let _verdict = verify(bytes, &Expectation::default());
});
