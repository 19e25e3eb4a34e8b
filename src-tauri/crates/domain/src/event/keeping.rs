//! What is recorded of keeping the store: keys, backups, anchors, destruction.

use serde::{Deserialize, Serialize};

use super::PackRef;
use crate::ids::{Hash, PersonId, Seq};
use crate::people::Computer;
use crate::time::Moment;
use crate::words::Words;

/// A policy that is in use from here on. Whose key signs the entry answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PolicyAdopted {
    /// Which, by which text: the store keeps it.
    pub pack: PackRef,
    /// Its version, from 1.
    pub version: u32,
    /// The one that was in use before.
    pub before: PackRef,
    /// Why.
    pub reason: Words,
}

/// A time-stamp authority that the school chose (RFC 3161).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TimeAuthority {
    /// Where it is asked: an address that begins with `http://` or `https://`.
    pub address: String,
    /// The name in its root certificate.
    pub name: String,
    /// SHA-256 of that certificate.
    pub root: Hash,
    /// That certificate, DER as base64.
    pub root_certificate: String,
}

/// New keys for a person who forgot their passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Renewed {
    /// Who.
    pub person: PersonId,
    /// SHA-256 of their new certificate.
    pub certificate: Hash,
    /// That certificate, DER as base64.
    pub der: String,
    /// Why.
    pub reason: Words,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Backup {
    /// Its number in this store, from 1.
    pub serial: u32,
    /// The name of its folder.
    pub name: String,
    /// What it is on (`USB stick 2`).
    pub medium: Words,
    /// Who holds it.
    pub holder: Words,
    /// Where the ledger ended in it.
    pub head: (Seq, Hash),
    /// Its size in bytes.
    pub bytes: u64,
}

/// How a store came back from a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Restored {
    /// The number of the backup.
    pub serial: u32,
    /// When the backup was made.
    pub made: Moment,
    /// Where the ledger ended in it.
    pub head: (Seq, Hash),
    /// The computer that is designated from here on, where it is another one.
    pub computer: Option<Computer>,
    /// Why it was restored.
    pub reason: Words,
    /// Who has the computer that the store was on before, and where it is.
    pub custody: Words,
}

/// Where the head was kept that the record does not agree with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnchorPlace {
    /// In this computer's keychain.
    Keychain,
    /// On paper, typed in.
    Paper,
}

/// A head that the record does not agree with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AnchorBroken {
    /// Where it was kept.
    pub place: AnchorPlace,
    /// The head that the record had.
    pub expected: (Seq, Hash),
    /// Where the record ended when this was found.
    pub found: Seq,
}

/// What is to be destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", rename_all_fields = "kebab-case")]
pub enum DestructionTarget {
    /// The whole case, by destroying its key.
    Case,
    /// One entry's body, and the files it names.
    Entry {
        /// Which.
        entry: Seq,
    },
}
