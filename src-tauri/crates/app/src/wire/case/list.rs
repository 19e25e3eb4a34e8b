//! The list of cases.

use serde::Serialize;
use ts_rs::TS;

/// A row of the list of cases.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseRow {
    /// Id.
    pub id: String,
    /// Reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// When it was opened, in words.
    pub opened: String,
    /// How many of ten stages are done.
    pub done: u8,
    /// The next stage's title, or how it stands.
    pub next: String,
    /// Halted.
    pub halted: bool,
    /// Its clocks that run.
    pub clocks: Vec<ClockCard>,
}

/// A page of the list of cases.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseList {
    /// Its rows, newest first.
    pub rows: Vec<CaseRow>,
    /// Where the next page begins, where there is one.
    pub next: Option<u32>,
}

/// A clock that runs beside a case.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClockCard {
    /// The time first (`Now`, `Within 1 working day`).
    pub time: String,
    /// The duty.
    pub duty: String,
    /// The rule, and its end.
    pub rule: String,
    /// Overdue.
    pub over: bool,
}
