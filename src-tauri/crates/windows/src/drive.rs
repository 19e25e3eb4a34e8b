//! What kind of drive a letter stands for.
#![allow(unsafe_code, reason = "the one call is given a text that ends with a zero and lives until it returns")]

use windows::Win32::Storage::FileSystem::GetDriveTypeW;
use windows::core::HSTRING;

/// `DRIVE_REMOTE` of GetDriveTypeW: a drive of the network.
const REMOTE: u32 = 4;

/// Whether this letter (`A` to `Z`) stands for a folder of another computer. A letter that stands for nothing does not.
#[must_use]
pub fn is_of_the_network(letter: char) -> bool {
    let root = HSTRING::from(format!("{letter}:\\"));
    // SAFETY: `root` ends with a zero, and outlives the call.
    unsafe { GetDriveTypeW(&root) == REMOTE }
}
