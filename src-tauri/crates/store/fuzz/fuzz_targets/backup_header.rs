//! What stands in clear on a backup: read off a medium that anybody may have had.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Refused or read, never anything else.
    let _refused_or_read = trail_store::parse_backup_header(bytes);
});
