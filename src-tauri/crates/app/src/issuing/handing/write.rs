//! Writing a package: into a folder with a temporary name, every file flushed, then renamed. The final name exists only
//! whole.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use trail_seal::package::{Bag, Content};
use zeroize::Zeroizing;

use crate::fault::{Fault, Stop};

/// Writes the bag as `name` into the folder. `read` gives what the store keeps; `step` is asked before every file, and
/// once more before the package gets its name.
///
/// # Errors
/// - If the name is taken, a file cannot be read or written, or `step` ends it; then nothing of it is left.
pub(super) fn whole(
    folder: &Path,
    name: &str,
    bag: &Bag,
    read: impl Fn(&str) -> Result<Zeroizing<Vec<u8>>, Stop>,
    step: impl Fn(u64, u64) -> Result<(), Stop>,
) -> Result<PathBuf, Stop> {
    let path = folder.join(name);
    if path.exists() {
        return Err(Fault::with("hand-over-taken", "name", name).at("folder").into());
    }
    let part = folder.join(format!("{name}.part"));
    let written = files(&part, bag, read, &step).and_then(|()| {
        step(bag.bytes(), bag.bytes())?;
        fs::rename(&part, &path).map_err(failed)?;
        flush(folder)
    });
    if let Err(stop) = written {
        // Whatever got its name but could not be flushed goes too: a pulled stick could lose half of it.
        for left in [&part, &path] {
            if left.exists() && fs::remove_dir_all(left).is_err() {
                return Err(Fault::with("hand-over-stray", "folder", left.display().to_string()).into());
            }
        }
        return Err(stop);
    }
    Ok(path)
}

fn files(
    part: &Path,
    bag: &Bag,
    read: impl Fn(&str) -> Result<Zeroizing<Vec<u8>>, Stop>,
    step: impl Fn(u64, u64) -> Result<(), Stop>,
) -> Result<(), Stop> {
    // What an earlier try left, because the stick was pulled or the power went, was never a package.
    if part.exists() {
        fs::remove_dir_all(part).map_err(failed)?;
    }
    let mut done = 0;
    let mut folders = vec![part.to_owned()];
    for (name, content) in bag.files() {
        step(done, bag.bytes())?;
        let path = part.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
            folders.push(parent.to_owned());
        }
        match content {
            Content::Here(bytes) => one(&path, bytes)?,
            Content::Kept { .. } => one(&path, &read(name)?)?,
        }
        done += content.bytes();
    }
    folders.dedup();
    folders.iter().try_for_each(|folder| flush(folder))
}

fn one(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let mut file = File::create_new(path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
}

fn flush(folder: &Path) -> Result<(), Stop> {
    if cfg!(windows) {
        // Windows has no flush of a folder; the rename itself is journalled there.
        return Ok(());
    }
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

fn failed(error: std::io::Error) -> Stop {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return Fault::new("medium-full").at("folder").into();
    }
    Fault::with("export-failed", "detail", error.to_string()).into()
}
