//! What can be told of this computer without guessing. What cannot be known says so.

use std::path::{Path, PathBuf};

use trail_app::ports::{Computer, Medium};

#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod media;
#[cfg(target_os = "linux")]
mod running;

/// Folder names of the usual syncing programs.
const SYNCED: &[&str] = &["onedrive", "dropbox", "google drive", "googledrive", "nextcloud", "owncloud", "icloud"];

/// This computer, seen from the store's folder.
#[derive(Debug)]
pub struct ThisComputer {
    store: PathBuf,
}

impl ThisComputer {
    /// Seen from this folder.
    #[must_use]
    pub fn at(store: PathBuf) -> Self {
        Self { store }
    }

    /// The store's folder, or the one that it will stand in.
    fn there(&self) -> &Path {
        self.store.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("/"))
    }
}

impl Computer for ThisComputer {
    fn free_bytes(&self) -> Result<u64, String> {
        fs4::available_space(self.there()).map_err(|error| format!("the system did not tell ({error})"))
    }

    #[cfg(target_os = "linux")]
    fn disk_encrypted(&self) -> Result<bool, String> {
        disk::encrypted(self.there())
    }

    #[cfg(not(target_os = "linux"))]
    fn disk_encrypted(&self) -> Result<bool, String> {
        Err("this version looks at the disk's encryption on Linux only".to_owned())
    }

    fn synced_folder(&self) -> Result<bool, String> {
        let named = self.store.components().any(|part| {
            let part = part.as_os_str().to_string_lossy().to_lowercase();
            SYNCED.iter().any(|name| part.starts_with(name))
        });
        if named {
            Ok(true)
        } else {
            Err("only folder names were looked at; none is that of a syncing program".to_owned())
        }
    }

    #[cfg(target_os = "linux")]
    fn running(&self) -> Result<Vec<String>, String> {
        running::names()
    }

    #[cfg(target_os = "linux")]
    fn media(&self) -> Result<Vec<Medium>, String> {
        media::media()
    }

    #[cfg(not(target_os = "linux"))]
    fn media(&self) -> Result<Vec<Medium>, String> {
        Err("this version looks for media on Linux only".to_owned())
    }
}
