//! `backup.json`: what a backup is of, and what its files must be. Signed with a key that only this store has.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use ring::{digest, hmac};
use serde::{Deserialize, Serialize};
use trail_domain::ids::{Hash, Seq, StoreId};
use trail_domain::time::Moment;

use super::{BackupAbout, Open, Vault};
use crate::error::StoreError;
use crate::keys::Key;

/// The file's name.
pub(crate) const NAME: &str = "backup.json";
/// It is less than a kilobyte; what is larger is something else.
pub(crate) const MOST_BYTES: u64 = 64 << 10;
const FORMAT: &str = "evidence-trail-backup";
const VERSION: u32 = 1;

/// What stands in clear on a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BackupHeader {
    format: String,
    version: u32,
    /// The store it is of.
    pub store: StoreId,
    /// The school's name.
    pub school: String,
    /// Whether it is of a practice store.
    pub practice: bool,
    /// Its number in that store.
    pub serial: u32,
    /// When it was made.
    pub made: Moment,
    /// Where the ledger ends in it.
    pub head: (Seq, Hash),
    /// How many entries are in it.
    pub entries: u64,
    pub(crate) database: FileSum,
    pub(crate) keys: FileSum,
}

/// A file of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FileSum {
    pub(crate) bytes: u64,
    pub(crate) sha256: Hash,
}

/// The header with its seal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Sealed {
    pub(crate) backup: BackupHeader,
    /// HMAC-SHA256 over its canonical JSON.
    seal: Hash,
}

impl BackupHeader {
    pub(super) fn new(
        vault: &Vault<Open>,
        about: &BackupAbout,
        head: (Seq, Hash),
        (database, keys): (FileSum, FileSum),
    ) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            store: vault.store().clone(),
            school: vault.school().to_owned(),
            practice: vault.is_practice(),
            serial: about.serial,
            made: about.at,
            head,
            entries: head.0.0,
            database,
            keys,
        }
    }

    /// Its bytes with the seal.
    pub(super) fn signed(&self, store_key: &Key) -> Result<Vec<u8>, StoreError> {
        let seal = Hash::new(seal_key(store_key).name(&[&self.canonical()?]));
        serde_json::to_vec_pretty(&Sealed { backup: self.clone(), seal }).map_err(|_| StoreError::Unrecordable)
    }

    fn canonical(&self) -> Result<Vec<u8>, StoreError> {
        serde_json_canonicalizer::to_vec(self).map_err(|_| StoreError::Unrecordable)
    }
}

impl Sealed {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, StoreError> {
        #[derive(Deserialize)]
        struct Front {
            backup: Named,
        }
        #[derive(Deserialize)]
        struct Named {
            format: String,
            version: u32,
        }
        let front: Front = serde_json::from_slice(bytes)
            .ok()
            .filter(|front: &Front| front.backup.format == FORMAT)
            .ok_or(StoreError::NotOurs { what: "no backup of Evidence Trail" })?;
        if front.backup.version > VERSION {
            return Err(StoreError::NewerVersion);
        }
        let sealed: Self =
            serde_json::from_slice(bytes).map_err(|_| StoreError::bad_backup("its description cannot be read"))?;
        if sealed.backup.version == VERSION {
            Ok(sealed)
        } else {
            Err(StoreError::bad_backup("its description has an unknown version"))
        }
    }

    /// Whether this store's key sealed it.
    pub(crate) fn is_by(&self, store_key: &Key) -> bool {
        let Ok(canonical) = self.backup.canonical() else { return false };
        let key = hmac::Key::new(hmac::HMAC_SHA256, seal_key(store_key).bytes());
        hmac::verify(&key, &canonical, self.seal.bytes()).is_ok()
    }
}

impl FileSum {
    /// Of a file as it is.
    pub(crate) fn of(path: &Path) -> Result<Self, StoreError> {
        let mut sum = Summing::default();
        let summed = File::open(path).and_then(|mut file| io::copy(&mut file, &mut sum));
        summed.map_err(StoreError::io("Reading the backup"))?;
        Ok(sum.done())
    }
}

/// A sum of bytes that come one after the other.
pub(crate) struct Summing {
    context: digest::Context,
    bytes: u64,
}

impl Default for Summing {
    fn default() -> Self {
        Self { context: digest::Context::new(&digest::SHA256), bytes: 0 }
    }
}

impl Write for Summing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.context.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Summing {
    pub(crate) fn done(self) -> FileSum {
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(self.context.finish().as_ref());
        FileSum { bytes: self.bytes, sha256: Hash::new(sha256) }
    }
}

fn seal_key(store_key: &Key) -> Key {
    store_key.derive(&[b"evidence-trail/backup/v1"])
}
