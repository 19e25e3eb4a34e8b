//! Looking for a store in a folder, and what it tells before anybody has signed in.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use trail_domain::ids::{PersonId, StoreId};

use super::tries::Tries;
use super::{Grounds, Locked, Vault, place};
use crate::error::StoreError;
use crate::folder::Folder;
use crate::keyfile::{KeyFile, PersonLabel};

/// What is in a folder.
#[derive(Debug)]
pub enum Found {
    /// Nothing: a store may be made here.
    NoStore,
    /// A store.
    Locked(Vault<Locked>),
}

impl Vault<Locked> {
    /// Looks for a store in `dir`, and keeps other instances out of it from then on.
    ///
    /// # Errors
    /// - If the folder holds something else, or a store of a newer version.
    /// - If a part of the store is missing or cannot be read.
    /// - If another instance has it.
    /// - If it lies on a network, or in a folder that is copied elsewhere.
    pub fn find(dir: &Path) -> Result<Found, StoreError> {
        place::refuse(dir)?;
        let folder = Folder::at(dir);
        if !dir.exists() {
            return Ok(Found::NoStore);
        }
        if !dir.is_dir() {
            return Err(StoreError::NotOurs { what: "it is a file" });
        }
        match (folder.keys().exists(), folder.database().exists()) {
            (true, true) => {}
            (true, false) => return Err(StoreError::damaged("its database is missing")),
            (false, true) => return Err(StoreError::damaged("its key file is missing")),
            (false, false) if is_empty(dir)? => return Ok(Found::NoStore),
            (false, false) => return Err(StoreError::NotOurs { what: "other files" }),
        }
        let lock = folder.lock()?;
        let keyfile = KeyFile::read(&folder)?;
        let grounds = Box::new(Grounds::of(folder, lock, keyfile));
        Ok(Found::Locked(Self { grounds, state: Locked(()) }))
    }
}

impl Grounds {
    /// What a folder whose lock is held tells without a key. Halts noted in it bind from here on.
    pub(super) fn of(folder: Folder, lock: File, keyfile: KeyFile) -> Self {
        let tries = Tries::read(&folder);
        let (halts, unwritten) = Default::default();
        let mut grounds = Self { folder, _lock: lock, keyfile, tries, halts, unwritten };
        grounds.take_reserve();
        grounds
    }
}

impl<S> Vault<S> {
    /// The store's id.
    #[must_use]
    pub fn store(&self) -> &StoreId {
        &self.grounds.keyfile.store
    }

    /// How long a try of this person's passphrase has to wait, by the wrong ones before it. The caller has the clock.
    #[must_use]
    pub fn wait_for(&self, person: &PersonId) -> Duration {
        self.grounds.tries.wait(person)
    }

    /// The school's name, as the sign-in page shows it.
    #[must_use]
    pub fn school(&self) -> &str {
        &self.grounds.keyfile.school
    }

    /// Whether it is a practice store.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.grounds.keyfile.practice
    }

    /// Who may sign in.
    #[must_use]
    pub fn labels(&self) -> Vec<PersonLabel> {
        self.grounds.keyfile.labels().cloned().collect()
    }

    /// Whether signing in needs the secret in this computer's keychain.
    #[must_use]
    pub fn needs_device_secret(&self) -> bool {
        self.grounds.keyfile.needs_device_secret()
    }
}

/// Whether nothing is in the folder but, perhaps, an unused lock.
pub(crate) fn is_empty(dir: &Path) -> Result<bool, StoreError> {
    let entries = fs::read_dir(dir).map_err(StoreError::io("Reading the folder"))?;
    Ok(entries.flatten().all(|entry| entry.file_name() == "lock"))
}
