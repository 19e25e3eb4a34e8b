//! Pictures of the pages, kept for people to look at.

use std::fs;
use std::path::{Path, PathBuf};

/// The pictures of one run, numbered as they are taken.
pub struct Pictures {
    folder: PathBuf,
    taken: u32,
}

impl Pictures {
    /// Begins in this folder, where pictures of an earlier run are taken away.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            if entry.path().extension().is_some_and(|ending| ending == "png") {
                fs::remove_file(entry.path()).unwrap();
            }
        }
        Self { folder: folder.to_owned(), taken: 0 }
    }

    /// Keeps one.
    pub fn keep(&mut self, page: &str, png: &[u8]) -> PathBuf {
        self.taken += 1;
        let path = self.folder.join(format!("{:02}-{page}.png", self.taken));
        fs::write(&path, png).unwrap();
        path
    }
}
