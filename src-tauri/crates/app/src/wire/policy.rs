//! A policy as its pages show it, and a policy that somebody edits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Trouble;
use super::case::{Chart, Choice, Fact};

/// A policy to read.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it brings, in one sentence.
    pub summary: String,
    /// Edition, version, fingerprint, since when it is in use, as label and value.
    pub about: Vec<Fact>,
    /// What of the whole was inferred or added.
    pub note: Option<String>,
    /// Its parts in order, tables and charts among them by their id.
    pub sections: Vec<PolicySection>,
    /// The sanctions tables.
    pub tables: Vec<PolicyTable>,
    /// The charts, with the position of a case where it is read for one.
    pub charts: Vec<Chart>,
    /// The policies that were taken into use, newest first, in words.
    pub history: Vec<Vec<Fact>>,
    /// New cases are opened under it.
    pub in_use: bool,
    /// It is the school's own: it is edited into its next version. Else a copy is made, under this id.
    pub copy_id: Option<String>,
    /// Those signed in who may take a policy into use.
    pub signers: Vec<Choice>,
    /// Why nobody here may, where nobody may.
    pub refused: Option<Trouble>,
}

/// A part of a policy.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicySection {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it is for, in one sentence.
    pub lead: String,
    /// What is one of a kind, as label and value.
    pub facts: Vec<Fact>,
    /// The columns of its rows; none for a plain list.
    pub columns: Vec<String>,
    /// Its entries, in the source's order.
    pub rows: Vec<PolicyRow>,
    /// The order of the entries is the order in which they are done.
    pub numbered: bool,
}

/// An entry.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyRow {
    /// Its cells, the first names it.
    pub cells: Vec<String>,
    /// What of it was inferred or added.
    pub note: Option<String>,
}

/// A sanctions table.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyTable {
    /// `pupils` or `staff`.
    pub id: String,
    /// Title.
    pub title: String,
    /// What of it was inferred.
    pub note: Option<String>,
    /// The actions, in the source's order.
    pub actions: Vec<String>,
    /// The incidents, in the source's order.
    pub rows: Vec<PolicyTicks>,
}

/// A row of a sanctions table.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyTicks {
    /// The incident.
    pub incident: String,
    /// Whether each action is proposed.
    pub ticks: Vec<bool>,
    /// What of it was inferred.
    pub note: Option<String>,
}

/// The text of a policy to edit.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyText {
    /// The text, TOML.
    pub text: String,
}

/// A policy that was opened from a file, and what the check of it found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyFile {
    /// The text, as it stands in the file.
    pub text: String,
    /// What the check found.
    pub check: PolicyCheck,
}

/// What a check of an edited policy found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyCheck {
    /// What is wrong, by line. Where there is anything, it cannot be used.
    pub faults: Vec<PolicyFault>,
    /// What it is: title, edition, version, fingerprint; empty where it is faulty.
    pub about: Vec<Fact>,
    /// SHA-256 of the text that was checked.
    pub sha256: String,
    /// What changed from the policy in use, in its order.
    pub changes: Vec<PolicyChange>,
    /// It is the very policy in use.
    pub in_use: bool,
}

/// A fault.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyFault {
    /// The line, from 1; none where something is missing from the whole.
    pub line: Option<u32>,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub instead: String,
    /// The safeguard of the floor that it lacks or weakens, by its name and in words.
    pub floor: Option<Fact>,
}

/// A change.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyChange {
    /// The part of the policy, in words.
    pub section: String,
    /// What the entry is called.
    pub label: String,
    /// `added`, `removed`, `moved` or `changed`.
    pub kind: String,
    /// The same in a word for people.
    pub kind_words: String,
    /// Which of its answers changed.
    pub parts: Vec<PolicyPart>,
}

/// An answer that changed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyPart {
    /// Which, in words.
    pub key: String,
    /// Before; none where it is new.
    pub before: Option<String>,
    /// Now; none where it is gone.
    pub after: Option<String>,
}

/// A policy to take into use.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdoptPolicy {
    /// The text.
    pub text: String,
    /// SHA-256 of the text that was checked and shown.
    pub sha256: String,
    /// Why.
    pub reason: String,
    /// Who signs, by id.
    pub person: String,
    /// Their passphrase, typed again now.
    pub passphrase: String,
}
