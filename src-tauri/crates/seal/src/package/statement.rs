//! The statement: what the package is, for whom, and the hashes of the files that list the rest.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{canonical, hash};

/// The shape that is written and read here.
const FORMAT: &str = "evidence-trail/package/1";

/// What the maker of a package states and signs. In the file it is canonical JSON (RFC 8785).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    format: String,
    /// `police`, `lado` or `headteacher`; redacted: `local-authority` or `subject-access`.
    pub variant: String,
    /// The number of this hand-over in its case, from 1.
    pub number: u32,
    /// The school's name.
    pub school: String,
    /// The case's reference.
    pub reference: String,
    /// The store's id.
    pub store: String,
    /// The case's own id.
    pub case: String,
    /// Made in practice: no evidence.
    pub practice: bool,
    /// When it was made, UTC, to the second: `2026-11-19T12:10:07Z`.
    pub made: String,
    /// To whom it is handed over.
    pub to: String,
    /// Their force or organisation.
    pub organisation: String,
    /// Their reference.
    pub their_reference: String,
    /// What it is handed over on.
    pub medium: String,
    /// The medium's serial number, or why there is none.
    pub medium_serial: String,
    /// Where the ledger ended when it was made.
    pub head: Head,
    /// The documents of the package, each with the signatures that it lacks.
    pub documents: Vec<StatedDocument>,
    /// SHA-256 of `bagit.txt`.
    pub bagit: String,
    /// SHA-256 of `bag-info.txt`.
    pub bag_info: String,
    /// SHA-256 of `manifest-sha256.txt`.
    pub manifest: String,
}

/// A place in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The entry, as decimal figures.
    pub seq: String,
    /// Its hash.
    pub hash: String,
}

/// A document that is in the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedDocument {
    /// Where it is in the bag.
    pub path: String,
    /// What it is, in words.
    pub what: String,
    /// Who has not signed it, in words; empty where everybody has.
    pub missing: Vec<String>,
}

impl Head {
    /// The place as it is written.
    #[must_use]
    pub fn new(seq: u64, hash: &[u8; 32]) -> Self {
        Self { seq: seq.to_string(), hash: hex::encode(hash) }
    }

    /// The place as numbers, if it is written in its one form.
    pub(super) fn read(&self) -> Option<(u64, [u8; 32])> {
        let seq = self.seq.parse::<u64>().ok().filter(|seq| seq.to_string() == self.seq)?;
        Some((seq, hash(&self.hash)?))
    }
}

impl Statement {
    /// A statement whose hashes are still to be filled in.
    #[must_use]
    pub fn about(variant: &str, number: u32, made: DateTime<Utc>, head: Head) -> Self {
        Self {
            format: FORMAT.to_owned(),
            variant: variant.to_owned(),
            number,
            school: String::new(),
            reference: String::new(),
            store: String::new(),
            case: String::new(),
            practice: false,
            made: made.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            to: String::new(),
            organisation: String::new(),
            their_reference: String::new(),
            medium: String::new(),
            medium_serial: String::new(),
            head,
            documents: Vec::new(),
            bagit: String::new(),
            bag_info: String::new(),
            manifest: String::new(),
        }
    }

    /// When the package was made.
    #[must_use]
    pub fn made_at(&self) -> Option<DateTime<Utc>> {
        NaiveDateTime::parse_from_str(&self.made, "%Y-%m-%dT%H:%M:%SZ").ok().map(|at| at.and_utc())
    }

    /// Whether people are replaced in what it holds, so that no entry of the ledger is given.
    #[must_use]
    pub(super) fn is_redacted(&self) -> bool {
        matches!(self.variant.as_str(), "local-authority" | "subject-access")
    }

    /// The statement in the one form in which it is written.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        canonical(self)
    }

    /// Reads a statement; nothing if it is not one in its one form.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(bytes).ok()?;
        let is_ours = read.format == FORMAT && read.made_at().is_some() && read.head.read().is_some();
        (is_ours && read.bytes()? == bytes).then_some(read)
    }
}
