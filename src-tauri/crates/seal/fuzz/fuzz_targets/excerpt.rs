//! A ledger's excerpt, as anybody may hand it in.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // A verdict, never anything else.
    let _verdict = trail_seal::package::verify_excerpt(bytes);
});
