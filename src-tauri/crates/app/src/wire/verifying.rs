//! Verifying: what was looked at, and what holds of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::Fact;

/// What is to be verified.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerifyForm {
    /// The path of a file, or of a package's folder.
    pub path: String,
    /// A ledger entry from paper, or nothing.
    pub entry: String,
    /// The hash printed beside it, or nothing.
    pub hash: String,
    /// The fingerprint of another school's authority, as its card has it; or nothing: then the school's own is the known one.
    pub fingerprint: String,
}

/// What was found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerifyView {
    /// The path or name of what was looked at.
    pub name: String,
    /// `form`, `package` or `excerpt`.
    pub is: String,
    /// `intact`, `altered` or `cannot-tell`.
    pub wholeness: String,
    /// The same in words.
    pub wholeness_says: String,
    /// `known`, `unknown` or `not-compared`.
    pub signer: String,
    /// The same in words.
    pub signer_says: String,
    /// Who vouches for the times; none where nothing could be read of them, and of an excerpt.
    pub time: Option<VerifyTime>,
    /// It was made in practice: no evidence.
    pub practice: bool,
    /// Every fact, by itself.
    pub facts: Vec<VerifyFact>,
    /// Who signed, and hashes to compare.
    pub details: Vec<Fact>,
}

/// Who vouches for the times of what was looked at.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerifyTime {
    /// `known`, `unknown`, `not-compared`, `by-computer` or `broken`.
    pub is: String,
    /// What that proves, and what it does not, in words.
    pub says: String,
}

/// One fact.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerifyFact {
    /// `holds`, `fails` or `not-checked`.
    pub state: String,
    /// The fact in plain words.
    pub says: String,
}
