//! Writing a package: into a folder with a temporary name, every file flushed, then renamed. The final name exists only
//! whole.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use trail_seal::package::{Bag, Content};
use zeroize::Zeroizing;

use crate::fault::{Fault, Stop};
use crate::issuing::save::flush;

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
    let written = files(&part, bag, read, &step).and_then(|()| step(bag.bytes(), bag.bytes()));
    let named = written.and_then(|()| fs::rename(&part, &path).map_err(failed));
    if let Err(stop) = named {
        return Err(taken_away(&part, stop));
    }
    // What got its name but could not be flushed goes too: a pulled stick could lose half of it.
    flush(folder).map_err(|error| taken_away(&path, failed(error)))?;
    Ok(path)
}

/// Takes away what must not be left. Answers why it was not written, or that it could not be taken away.
fn taken_away(left: &Path, stop: Stop) -> Stop {
    if left.exists() && fs::remove_dir_all(left).is_err() {
        return Fault::with("hand-over-stray", "folder", left.display().to_string()).into();
    }
    stop
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
    let mut folders = BTreeSet::from([part.to_owned()]);
    for (name, content) in bag.files() {
        step(done, bag.bytes())?;
        let path = part.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
            folders.extend(parent.ancestors().take_while(|folder| *folder != part).map(Path::to_owned));
        }
        match content {
            Content::Here(bytes) => one(&path, bytes)?,
            Content::Kept { .. } => one(&path, &read(name)?)?,
        }
        done += content.bytes();
    }
    folders.iter().try_for_each(|folder| flush(folder)).map_err(failed)
}

fn one(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let mut file = File::create_new(path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
}

fn failed(error: std::io::Error) -> Stop {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return Fault::new("medium-full").at("folder").into();
    }
    Fault::with("export-failed", "detail", error.to_string()).into()
}
