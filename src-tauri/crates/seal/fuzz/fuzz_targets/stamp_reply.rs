//! A time-stamp authority's reply: it comes from the network, mostly without encryption.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Refused or read, never anything else.
    let _refused_or_read = trail_seal::stamp::parse_reply(bytes);
});
