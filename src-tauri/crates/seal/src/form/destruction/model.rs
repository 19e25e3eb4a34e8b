//! The view model of the certificate of destruction.

use crate::form::model::{Cell, Heading, Terms, hexadecimal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// All that a certificate of destruction prints. It says nothing of what was destroyed but its kind and hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DestructionModel {
    /// School and case; the ledger entry and hash are those of the destruction.
    pub heading: Heading,
    /// What the pack calls people.
    pub terms: Terms,
    /// Whether all of the case was destroyed.
    pub target: Target,
    /// Field 1: what was destroyed, in words: `All of case HB-2026-0014: 87 entries and 3 exhibits`.
    pub what: Cell,
    /// Field 2: the ground.
    pub ground: Cell,
    /// Field 3.
    pub asked: Act,
    /// Field 4.
    pub agreed: Act,
    /// Field 5.
    pub decided: Act,
    /// Field 8: the entries whose words or files are gone, with the hash of each.
    pub destroyed: Vec<Destroyed>,
    /// Field 9: backups not recorded as gone, made while the store held it.
    pub backups: Vec<HeldBackup>,
    /// Field 10: copies ever printed or saved, each with its place or holder; empty says so.
    pub copies: Vec<String>,
}

/// What a destruction is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The whole case, by its key.
    Case,
    /// One entry, early, on a legal ground.
    Entry,
}

/// Who did a part of it, and the entry that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Full name.
    pub name: String,
    /// Position in the school.
    pub position: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Ledger entry.
    pub entry: u64,
}

/// An entry whose words or files are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destroyed {
    /// Ledger entry.
    pub entry: u64,
    /// Of what kind it was: `Exhibit JS/1, view 1 of 2, PNG`.
    pub what: Cell,
    /// SHA-256 of its file, or of its body as the ledger has it.
    #[serde(with = "hexadecimal")]
    pub sha256: [u8; 32],
}

/// A backup that still holds what was destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldBackup {
    /// Its number in the store.
    pub serial: u32,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// What it is on.
    pub medium: String,
    /// Who holds it.
    pub holder: String,
}
