//! Writing a package into a folder with a temporary name, every file flushed, then renamed. The final name exists only
//! whole. The folder is the bag as it is, or flat with loose files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use trail_seal::package::{Bag, Content, LOOSE_LIST, Loose};

use super::{Read, Step};
use crate::fault::{Fault, Stop};
use crate::issuing::save::flush;

/// What is written, file by file.
pub(super) struct Layout<'a> {
    files: Vec<Item<'a>>,
}

/// A file: where it goes, what it is called in the package, and what is in it.
struct Item<'a> {
    path: String,
    name: &'a str,
    content: Source<'a>,
}

enum Source<'a> {
    Here(&'a [u8]),
    Kept(u64),
}

impl<'a> Layout<'a> {
    /// The bag as it is.
    pub(super) fn bag(bag: &'a Bag) -> Self {
        let item =
            |(name, content): (&'a String, &'a Content)| Item { path: name.clone(), name, content: source(content) };
        Self { files: bag.files().iter().map(item).collect() }
    }

    /// Loose files, with the list of their hashes.
    pub(super) fn loose(bag: &'a Bag, loose: &'a Loose) -> Self {
        let item = |(name, path): &'a (String, String)| {
            let content = bag.files().get(name)?;
            Some(Item { path: path.clone(), name, content: source(content) })
        };
        let list = Item { path: LOOSE_LIST.to_owned(), name: LOOSE_LIST, content: Source::Here(loose.list.as_bytes()) };
        Self { files: loose.files.iter().filter_map(item).chain([list]).collect() }
    }

    fn bytes(&self) -> u64 {
        self.files.iter().map(|item| item.content.bytes()).sum()
    }
}

impl Source<'_> {
    fn bytes(&self) -> u64 {
        match self {
            Self::Here(bytes) => bytes.len() as u64,
            Self::Kept(bytes) => *bytes,
        }
    }
}

fn source(content: &Content) -> Source<'_> {
    match content {
        Content::Here(bytes) => Source::Here(bytes),
        Content::Kept { bytes, .. } => Source::Kept(*bytes),
    }
}

/// Writes the files into a folder `name` of the folder. `read` gives what the store keeps; `step` is asked before every
/// file, and once more before the package gets its name.
///
/// # Errors
/// - If the name is taken, a file cannot be read or written, or `step` ends it; then nothing of it is left.
pub(super) fn whole(
    folder: &Path,
    name: &str,
    layout: &Layout<'_>,
    read: &Read<'_>,
    step: &Step<'_>,
) -> Result<PathBuf, Stop> {
    let path = folder.join(name);
    if path.exists() {
        return Err(Fault::with("hand-over-taken", "name", name).at("folder").into());
    }
    let part = folder.join(format!("{name}.part"));
    let all = layout.bytes();
    let written = files(&part, layout, read, step).and_then(|()| step(all, all));
    let named = written.and_then(|()| fs::rename(&part, &path).map_err(failed));
    if let Err(stop) = named {
        return Err(taken_away(&part, folder_away, stop));
    }
    // What got its name but could not be flushed goes too: a pulled stick could lose half of it.
    flush(folder).map_err(|error| taken_away(&path, folder_away, failed(error)))?;
    Ok(path)
}

/// Takes away what must not be left. Answers why it was not written, or that it could not be taken away.
pub(super) fn taken_away(left: &Path, remove: impl FnOnce(&Path) -> std::io::Result<()>, stop: Stop) -> Stop {
    if left.exists() && remove(left).is_err() {
        return Fault::with("hand-over-stray", "folder", left.display().to_string()).into();
    }
    stop
}

fn folder_away(folder: &Path) -> std::io::Result<()> {
    fs::remove_dir_all(folder)
}

fn files(part: &Path, layout: &Layout<'_>, read: &Read<'_>, step: &Step<'_>) -> Result<(), Stop> {
    // What an earlier try left, because the stick was pulled or the power went, was never a package.
    if part.exists() {
        fs::remove_dir_all(part).map_err(failed)?;
    }
    let all = layout.bytes();
    let mut done = 0;
    let mut folders = BTreeSet::from([part.to_owned()]);
    for item in &layout.files {
        step(done, all)?;
        let path = part.join(&item.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
            folders.extend(parent.ancestors().take_while(|folder| *folder != part).map(Path::to_owned));
        }
        match item.content {
            Source::Here(bytes) => one(&path, bytes)?,
            Source::Kept(_) => one(&path, &read(item.name)?)?,
        }
        done += item.content.bytes();
    }
    folders.iter().try_for_each(|folder| flush(folder)).map_err(failed)
}

fn one(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let mut file = File::create_new(path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
}

pub(super) fn failed(error: std::io::Error) -> Stop {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return Fault::new("medium-full").at("folder").into();
    }
    Fault::with("export-failed", "detail", error.to_string()).into()
}
