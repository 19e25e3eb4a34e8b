//! The store's folder: its names, its lock, and how a file in it is replaced.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// The names in a store's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn at(dir: &Path) -> Self {
        Self(dir.to_owned())
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("ledger.db")
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("keys.json")
    }

    pub(crate) fn tries(&self) -> PathBuf {
        self.0.join("tries.json")
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.0.join("ledger.db-wal")
    }

    /// Written full when the store is made, so that a halt finds room on a full disk.
    pub(crate) fn reserve(&self) -> PathBuf {
        self.0.join("reserve")
    }

    /// Given up for a halt on a full disk.
    pub(crate) fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    /// Says which epoch the database was re-keyed to, so that an old key file put back is known for what it is.
    pub(crate) fn epoch(&self) -> PathBuf {
        self.0.join("epoch")
    }

    /// The copies that are made before a migration: of the database, and of the key file.
    pub(crate) fn before(&self, version: i64) -> (PathBuf, PathBuf) {
        (self.0.join(format!("before-v{version}.db")), self.0.join(format!("before-v{version}.keys.json")))
    }

    /// Takes the lock that keeps a second instance out. It goes with the handle, also when the process dies.
    pub(crate) fn lock(&self) -> Result<File, StoreError> {
        let doing = "Opening the store's lock";
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(self.0.join("lock"))
            .map_err(StoreError::io(doing))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(source)) => Err(StoreError::Io { doing, source }),
        }
    }
}

/// Replaces a file so that after a power cut either the old or the new one is there, whole.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fresh = path.with_extension("new");
    let doing = "Writing to the store's folder";
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&fresh, path)?;
        path.parent().map_or(Ok(()), sync_dir)
    };
    write().map_err(StoreError::io(doing))
}

/// Makes a folder's list of names durable, where the system has that.
pub(crate) fn sync_dir(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

/// Makes a folder that only its owner may enter.
#[cfg(unix)]
fn make_private(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(dir)
}

/// Makes a folder. On Windows it is as private as the one it is made in; no list of who may enter is written.
#[cfg(not(unix))]
fn make_private(dir: &Path) -> std::io::Result<()> {
    fs::create_dir(dir)
}

/// A private folder that goes away again, unless it takes a name.
#[derive(Debug)]
pub(crate) struct Fresh(PathBuf);

impl Fresh {
    pub(crate) fn make(path: PathBuf) -> std::io::Result<Self> {
        make_private(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Takes its name, durably: what is in it was synced before.
    pub(crate) fn take(self, name: &Path) -> std::io::Result<()> {
        sync_dir(&self.0)?;
        fs::rename(&self.0, name)?;
        name.parent().map_or(Ok(()), sync_dir)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // After it took its name there is nothing by this one.
        let _ = fs::remove_dir_all(&self.0);
    }
}
