//! A folder for one measurement, and other programs to run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::outside::root;

/// A folder under `target/bench` that goes with this value. It lies on the disk that the store would lie on, not in
/// memory.
pub(super) struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    pub(super) fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir_in(super::folder()?).map_err(|error| error.to_string())?;
        Ok(Self { folder })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, and says where it is.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, String> {
        let path = self.path().join(name);
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }
}

/// What a program says, or that it cannot be run, or that it failed.
pub(super) fn ask(command: &mut Command) -> Result<Vec<u8>, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{name} cannot be run ({error})"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let last: Vec<&str> = said.trim().lines().rev().take(3).collect();
    Err(format!("{name} failed: {}", last.into_iter().rev().collect::<Vec<_>>().join(" / ")))
}

/// One of the scripts of `tests/bench`, in the Python that has the programs compared with.
pub(super) fn python(script: &str) -> Command {
    let there = root().join("target/pyhanko/bin/python");
    let python = std::env::var_os("PYTHON").map_or(there, PathBuf::from);
    let mut command = Command::new(python);
    command.arg("-B").arg(root().join("tests/bench").join(script));
    command
}
