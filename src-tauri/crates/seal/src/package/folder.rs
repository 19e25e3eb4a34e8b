//! A package in a folder on a disk.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ring::digest::{Context, SHA256};

use super::files::Files;

/// How much of a file is read at a time.
const PIECE: usize = 1 << 20;
/// How deep a package's folders go at most.
const DEPTH: usize = 8;

/// A folder on a disk.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// A folder, by its path.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Opens a plain file: a link could lead out of the package, and to something else tomorrow.
    fn open(&self, name: &str) -> io::Result<File> {
        let mut path = self.root.clone();
        for part in name.split('/') {
            path.push(part);
            if fs::symlink_metadata(&path)?.is_symlink() {
                return Err(io::Error::other("it is a link"));
            }
        }
        if !fs::metadata(&path)?.is_file() {
            return Err(io::Error::other("it is no plain file"));
        }
        File::open(path)
    }
}

/// SHA-256 and size in bytes of what comes, read piece by piece.
///
/// # Errors
/// - If it cannot be read to its end.
pub fn summed(from: &mut impl Read) -> io::Result<([u8; 32], u64)> {
    let mut context = Context::new(&SHA256);
    let mut piece = vec![0; PIECE];
    let mut bytes = 0;
    loop {
        let read = from.read(&mut piece)?;
        let Some(piece) = piece.get(..read).filter(|piece| !piece.is_empty()) else { break };
        context.update(piece);
        bytes += read as u64;
    }
    let mut sum = [0; 32];
    sum.copy_from_slice(context.finish().as_ref());
    Ok((sum, bytes))
}

impl Files for Folder {
    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        list(&self.root, "", 0, &mut names)?;
        Ok(names)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut file = self.open(name)?;
        let mut bytes = Vec::with_capacity(usize::try_from(file.metadata()?.len()).unwrap_or_default());
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn sum(&self, name: &str) -> io::Result<([u8; 32], u64)> {
        summed(&mut self.open(name)?)
    }
}

fn list(folder: &Path, before: &str, depth: usize, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() && depth < DEPTH {
            let count = names.len();
            list(&entry.path(), &format!("{name}/"), depth + 1, names)?;
            // A bag has no empty folder: it would be something that no list names.
            if names.len() == count {
                names.push(format!("{name}/"));
            }
        } else {
            names.push(name);
        }
    }
    Ok(())
}
