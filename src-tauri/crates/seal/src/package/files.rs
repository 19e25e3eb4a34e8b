//! Where a package is read from.

use std::collections::BTreeMap;
use std::io;

use crate::sha256;

/// The files of a package: a folder on a disk, or a map in memory.
pub trait Files: Sync {
    /// The names of all files, relative, with `/` between folders. What is no plain file has its name too.
    ///
    /// # Errors
    /// - If a folder cannot be listed.
    fn names(&self) -> io::Result<Vec<String>>;

    /// The whole of a file.
    ///
    /// # Errors
    /// - If there is no such plain file, or it cannot be read.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;

    /// A file's SHA-256, and its size in bytes.
    ///
    /// # Errors
    /// - As [`Files::read`].
    fn sum(&self, name: &str) -> io::Result<([u8; 32], u64)> {
        let bytes = self.read(name)?;
        Ok((sha256(&bytes), bytes.len() as u64))
    }
}

/// A package in memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InMemory(pub BTreeMap<String, Vec<u8>>);

impl Files for InMemory {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.0.get(name).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn sum(&self, name: &str) -> io::Result<([u8; 32], u64)> {
        let bytes = self.0.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok((sha256(bytes), bytes.len() as u64))
    }
}
