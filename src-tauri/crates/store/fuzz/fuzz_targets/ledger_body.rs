//! The body of a ledger entry, as it is after decryption: an event's or a note's.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Refused or read, never anything else.
    let _refused_or_read = trail_store::parse_ledger_body(bytes);
});
