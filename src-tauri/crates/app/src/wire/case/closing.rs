//! How a case closes, as its pages show it: views, actions, isolation, documents and who signs.

use serde::Serialize;
use ts_rs::TS;

use super::Choice;

/// A reviewer's view.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ViewRow {
    /// Whose id.
    pub person: String,
    /// Whose name.
    pub name: String,
    /// When sealed, in words; none while not sealed.
    pub sealed: Option<String>,
    /// The view in words, once all are sealed.
    pub view: Option<String>,
    /// The reasons, once all are sealed.
    pub reasons: Option<String>,
}

/// One of the school's tables.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionTable {
    /// `pupils` or `staff`.
    pub id: String,
    /// Title.
    pub title: String,
    /// The actions, in the pack's order.
    pub actions: Vec<Choice>,
    /// Rows, in the pack's order.
    pub rows: Vec<ActionTableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionTableRow {
    /// The incident.
    pub incident: String,
    /// The proposed actions, by id.
    pub proposed: Vec<String>,
    /// What was inferred from an incomplete source.
    pub source_note: Option<String>,
}

/// An action of the case.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionRow {
    /// The action's id.
    pub action: String,
    /// In words.
    pub label: String,
    /// Proposed by the table.
    pub proposed: bool,
    /// Chosen by the group.
    pub chosen: bool,
    /// Owner, due day and outcome in one line.
    pub line: String,
    /// The reason for a departure.
    pub departure: Option<String>,
    /// Why it waits, where it is held.
    pub held: Option<String>,
}

/// A line of the isolation checklist.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IsolationRow {
    /// The step's id.
    pub id: String,
    /// The step in words.
    pub step: String,
    /// Done.
    pub done: Option<bool>,
    /// When, by whom, or why not.
    pub words: Option<String>,
}

/// A document of the case.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentRow {
    /// SHA-256 of the file as it stands now.
    pub sha256: String,
    /// `record`, `volume` or `referral`.
    pub kind: String,
    /// Title in words.
    pub title: String,
    /// File name.
    pub name: String,
    /// Pages.
    pub pages: u32,
    /// Who has signed, in words.
    pub signed: Vec<String>,
    /// May be shown and saved.
    pub readable: bool,
    /// Belongs to the present edition.
    pub current: bool,
}

/// A signer of the form.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignerRow {
    /// `first`, `second` or `head`.
    pub field: String,
    /// As which (`First reviewing person`).
    pub role: String,
    /// Who may sign here: ids and names.
    pub people: Vec<Choice>,
    /// When signed and by whom, in words.
    pub signed: Option<String>,
    /// It is this one's turn.
    pub turn: bool,
}
