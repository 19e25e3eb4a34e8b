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

/// A page of the incident log.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogView {
    /// The columns of the school's policy, in its order.
    pub columns: Vec<LogColumn>,
    /// Its lines, newest first.
    pub rows: Vec<LogRow>,
    /// Where the next page begins, where there is one.
    pub next: Option<u32>,
    /// Whether the policy says that incidents outside the school belong in it too.
    pub outside_school: bool,
}

/// A column of the incident log.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogColumn {
    /// Its id in the pack.
    pub id: String,
    /// Its heading.
    pub label: String,
}

/// A case as a line of the incident log.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogRow {
    /// The case.
    pub id: String,
    /// Its reference.
    pub reference: String,
    /// Halted.
    pub halted: bool,
    /// A cell for each column; lines of it are parted by a line feed.
    pub cells: Vec<String>,
}
