//! The view model of the police referral record.

use crate::form::model::{Cell, Heading, Person, hexadecimal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// All that the police referral record prints. It has no place for a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralModel {
    /// School, case, edition, ledger.
    pub heading: Heading,
    /// Whether a review was stopped, or none was held.
    pub route: Route,
    /// Field 1: why; the nature of the content in words.
    pub why: Cell,
    /// Field 2, in order.
    pub done: Vec<Act>,
    /// Field 3: addresses exactly as they were.
    pub addresses: Vec<String>,
    /// Field 4: people signed in, with their positions.
    pub people: Vec<String>,
    /// Field 5.
    pub computer: Cell,
    /// Field 6: how many, when taken, not opened since.
    pub sealed_summary: Cell,
    /// The sealed exhibits, by mark and hash.
    pub sealed: Vec<SealedExhibit>,
    /// Copies ever printed, exported or backed up, each with its holder; empty says `None`.
    pub copies: Vec<String>,
    /// Field 7.
    pub others_told: Vec<Cell>,
    /// Field 8, what is known of it.
    pub police: Police,
    /// The person who made the record and can sign it.
    pub made_by: Person,
}

/// How the case came to the police.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// A review was stopped.
    Stopped {
        /// When.
        at: DateTime<Utc>,
    },
    /// The school did not review it.
    NotReviewed,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// When.
    pub at: DateTime<Utc>,
    /// What, and by whom.
    pub act: Cell,
}

/// What is known of the police; lines without a value are for ink.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Police {
    /// The force.
    pub force: Option<String>,
    /// Their reference.
    pub reference: Option<String>,
    /// Name of the officer.
    pub officer: Option<String>,
    /// Number of the officer.
    pub number: Option<String>,
    /// Station and unit.
    pub station: Option<String>,
    /// Date and time.
    pub when: Option<String>,
    /// Advice given.
    pub advice: Option<String>,
    /// Items taken away.
    pub items: Option<String>,
}

/// A sealed exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedExhibit {
    /// Its mark.
    pub mark: String,
    /// What it is, in words.
    pub what: Cell,
    /// When it was taken.
    pub taken: DateTime<Utc>,
    /// Its files.
    pub files: Vec<SealedFile>,
}

/// A file of a sealed exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedFile {
    /// What it is: `View 1 of 2, PNG, 1920 × 1080`.
    pub what: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the file.
    #[serde(with = "hexadecimal")]
    pub sha256: [u8; 32],
}
