//! Whether the disk has room for what is about to be built.

use crate::cargo::said;
use crate::place::Place;
use crate::stop::Stop;
use std::path::Path;
use std::process::Command;

/// Free space that every check and test takes from nothing, in GiB; measured on Linux, with some to spare.
const FROM_NOTHING: u64 = 9;
/// The same where most is built already.
const FROM_BEFORE: u64 = 3;
const KIB_IN_GIB: u64 = 1024 * 1024;

/// Looks before anything is built: a disk that is full in the middle says so in a hundred lines of a linker.
///
/// # Errors
/// - If there is less room than the tests take.
pub(crate) fn ensure(place: &Place) -> Result<(), Stop> {
    let needed = if place.is_built() { FROM_BEFORE } else { FROM_NOTHING };
    // Where there is no `df`, as on Windows, nothing is claimed.
    let asked = there(place.target()).unwrap_or(place.root());
    let Some(free) = said(Command::new("df").args(["-P", "-k"]).arg(asked)).as_deref().and_then(free_kib) else {
        println!("   How much room the disk has is not known here; the tests take about {needed} GiB.");
        return Ok(());
    };
    enough(free, needed)
}

/// The folder itself, or the nearest one above it that is there: `df` knows no other, and it is on the same disk.
fn there(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.is_dir())
}

fn enough(free_kib: u64, needed: u64) -> Result<(), Stop> {
    let free = free_kib / KIB_IN_GIB;
    if free < needed {
        return Err(Stop::new(
            format!("The disk has {free} GiB free; the tests take about {needed} GiB."),
            "Make room, or name a folder on a larger disk: CARGO_TARGET_DIR=FOLDER cargo xtask test.",
        ));
    }
    println!("   The disk has room: {free} GiB are free, about {needed} GiB are needed.");
    Ok(())
}

/// The fourth column of the second line (POSIX `df -P -k`).
fn free_kib(said: &str) -> Option<u64> {
    said.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{enough, free_kib, there};
    use std::path::Path;

    #[test]
    fn a_full_disk_stops_the_work_before_it_begins() {
        let said =
            "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 263174212 26214400 2097152 93% /\n";
        assert_eq!(free_kib(said), Some(2_097_152));
        let stop = enough(2_097_152, 9).err().map(|stop| stop.to_string()).unwrap_or_default();
        assert!(stop.contains("2 GiB free") && stop.contains("about 9 GiB") && stop.contains("CARGO_TARGET_DIR"));
        assert!(enough(9 * 1024 * 1024, 9).is_ok());
        assert_eq!(free_kib("no such program"), None);
    }

    #[test]
    fn a_folder_that_is_not_there_yet_is_on_the_disk_of_the_one_above_it() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(there(here), Some(here));
        assert_eq!(there(&here.join("not-there/target")), Some(here));
        assert_eq!(there(&here.join("Cargo.toml/target")), Some(here), "a file is no folder");
    }
}
