//! The key file: read before any passphrase, so by nobody who is known.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Refused or read, never anything else.
    let _refused_or_read = trail_store::parse_key_file(bytes);
});
