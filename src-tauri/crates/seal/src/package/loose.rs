//! A package as loose files in one folder, for upload portals: the names that its files have there, and the list of hashes.
//!
//! `data/exhibits/JS-1/view-1.png` is `data__exhibits__JS-1__view-1.png`. Two underscores stand for a slash and for
//! nothing else, so a name that has two of its own cannot be delivered in this way.

use std::collections::BTreeSet;
use std::io;

use super::bag::{Bag, PackageError};
use super::files::Files;

/// The list of hashes beside loose files, in the form that `sha256sum` reads.
pub const LOOSE_LIST: &str = "hashes-sha256.txt";

/// A package as it lies loose in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// The files: their own names in the package, and the names that they have in the folder.
    pub files: Vec<(String, String)>,
    /// The list of hashes of those files.
    pub list: String,
    /// The files that are too large, by the names that they would have in the folder, with their SHA-256.
    pub left_out: Vec<(String, [u8; 32])>,
}

/// The name of a package's file in a flat folder.
#[must_use]
pub fn loose_name(name: &str) -> String {
    name.replace('/', "__")
}

impl Loose {
    /// Lays a bag out as loose files of at most so many bytes.
    ///
    /// # Errors
    /// - If a name has two underscores of its own.
    pub fn of(bag: &Bag, most: u64) -> Result<Self, PackageError> {
        let mut loose = Self { files: Vec::new(), list: String::new(), left_out: Vec::new() };
        for (name, content) in bag.files() {
            if name.contains("__") {
                return Err(PackageError::Name { name: name.clone() });
            }
            let there = loose_name(name);
            if content.bytes() > most {
                loose.left_out.push((there, content.sha256()));
                continue;
            }
            loose.list.push_str(&format!("{}  {there}\n", hex::encode(content.sha256())));
            loose.files.push((name.clone(), there));
        }
        Ok(loose)
    }
}

/// Reads loose files as the package that they are.
pub struct Flat<'a>(&'a dyn Files);

impl<'a> Flat<'a> {
    /// The folder as a package; nothing where it is no folder of loose files.
    #[must_use]
    pub fn of(files: &'a dyn Files) -> Option<Self> {
        let names = files.names().ok()?;
        let is_flat = names.iter().any(|name| name == LOOSE_LIST) && names.iter().all(|name| !name.contains('/'));
        is_flat.then_some(Self(files))
    }

    /// Whether the list of hashes is the one for the files that are there. What is too large to be there has no line.
    fn is_listed(&self, names: &BTreeSet<String>) -> bool {
        let Ok(list) = self.0.read(LOOSE_LIST) else { return false };
        let Ok(text) = String::from_utf8(list) else { return false };
        let mut expected = String::new();
        for name in names {
            let Ok((sum, _)) = self.0.sum(&loose_name(name)) else { return false };
            expected.push_str(&format!("{}  {}\n", hex::encode(sum), loose_name(name)));
        }
        // A file that was laid beside the others later is not in the list, and does not have to be.
        let known: BTreeSet<&str> = expected.lines().collect();
        text.strip_suffix('\n').is_some_and(|body| body.split('\n').all(|line| known.contains(line)))
    }
}

impl Files for Flat<'_> {
    fn names(&self) -> io::Result<Vec<String>> {
        let own = self.0.names()?.into_iter().filter(|name| name != LOOSE_LIST);
        let names: BTreeSet<String> = own.map(|name| name.replace("__", "/")).collect();
        let mut found: Vec<String> = names.iter().cloned().collect();
        if !self.is_listed(&names) {
            // A list that is not right is a file that nobody listed.
            found.push(LOOSE_LIST.to_owned());
        }
        Ok(found)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.0.read(&loose_name(name))
    }

    fn sum(&self, name: &str) -> io::Result<([u8; 32], u64)> {
        self.0.sum(&loose_name(name))
    }
}
