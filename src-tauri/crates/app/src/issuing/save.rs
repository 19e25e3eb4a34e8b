//! Saving a file for people: under a temporary name, flushed, then renamed. The final name exists only whole.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::fault::Fault;

/// Saves `bytes` as `name` in `folder`; where that name is taken by other bytes, a number is added.
///
/// # Errors
/// - If the folder or file cannot be written; then no part of it is left.
pub(crate) fn save(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Fault> {
    let failed = |error: std::io::Error| Fault::with("export-failed", "detail", error.to_string());
    fs::create_dir_all(folder).map_err(failed)?;
    let path = free_name(folder, name, bytes);
    let part = path.with_extension("part");
    let written = write_whole(&part, bytes).and_then(|()| fs::rename(&part, &path));
    if let Err(error) = written {
        // The half-written file must not stay; that it could not be removed changes nothing in the answer.
        drop(fs::remove_file(&part));
        return Err(failed(error));
    }
    flush(folder).map_err(failed)?;
    Ok(path)
}

/// Flushes what a folder holds by name.
///
/// # Errors
/// - If the disk does not take it.
pub(crate) fn flush(folder: &Path) -> std::io::Result<()> {
    if cfg!(windows) {
        // Windows has no flush of a folder; the rename itself is journalled there.
        return Ok(());
    }
    File::open(folder)?.sync_all()
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn free_name(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let numbered = |number: u32| {
        let name = if number == 1 { name.to_owned() } else { format!("{stem} ({number}).{extension}") };
        folder.join(name)
    };
    let fits = |path: &PathBuf| !path.exists() || fs::read(path).is_ok_and(|there| there == bytes);
    (1..10_000).map(numbered).find(fits).unwrap_or_else(|| folder.join(name))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::save;

    #[test]
    fn nothing_is_written_over_and_nothing_is_left_half() {
        let dir = tempfile::tempdir().unwrap();
        let one = save(dir.path(), "form.pdf", b"one").unwrap();
        let again = save(dir.path(), "form.pdf", b"one").unwrap();
        let two = save(dir.path(), "form.pdf", b"two").unwrap();
        assert_eq!(one, again);
        assert_eq!(std::fs::read(&one).unwrap(), b"one");
        assert_eq!(two.file_name().unwrap(), "form (2).pdf");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_folder_that_cannot_be_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, b"x").unwrap();
        assert_eq!(save(&file, "form.pdf", b"one").unwrap_err().code(), "export-failed");
    }
}
