//! The report of a term as its page shows it: what is printed of each count, never a count that is kept back.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::{Choice, Fact};

/// The termly report, or how far the cases are read for it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportView {
    /// The terms to choose from, the newest first.
    pub terms: Vec<Choice>,
    /// The term that was asked for.
    pub chosen: String,
    /// The report; none until every case was read: ask again.
    pub report: Option<TermReport>,
    /// Cases that were read so far, and cases in all.
    pub read: (u32, u32),
    /// The reports that were saved before, by their files' names, the newest first, 10 at most.
    pub saved: Vec<Fact>,
}

/// A log or a report that was saved.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PaperSaved {
    /// Where.
    pub path: String,
    /// Those that were saved so far, by their files' names, the newest first, 10 at most.
    pub saved: Vec<Fact>,
}

/// The report of a term.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TermReport {
    /// `Autumn term 2026`.
    pub title: String,
    /// Its days, and the day of counting.
    pub span: String,
    /// Over which cases it counts.
    pub scope: String,
    /// How small counts are printed.
    pub small: String,
    /// The figures that are read first.
    pub figures: Vec<ReportFigure>,
    /// The charts.
    pub charts: Vec<CountChart>,
    /// Cases opened in six terms, this one last.
    pub six: CountChart,
}

/// A figure with what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportFigure {
    /// As printed: `about 35`.
    pub figure: String,
    /// `cases opened`.
    pub caption: String,
}

/// A chart of counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CountChart {
    /// Id.
    pub id: String,
    /// What it counts by.
    pub title: String,
    /// Its rows.
    pub rows: Vec<CountRow>,
    /// Why there are none.
    pub instead: Option<String>,
}

/// A row of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CountRow {
    /// What is counted.
    pub label: String,
    /// The count as printed.
    pub printed: String,
    /// Length of its bar, in things.
    pub bar: Option<u32>,
}

/// Which log, and of which days.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogForm {
    /// `incident` or `reporting`.
    pub log: String,
    /// Id of a term, `days` for the two days below, empty for the present term.
    pub period: String,
    /// The first day, as `2026-09-01`.
    pub from: String,
    /// The last day.
    pub to: String,
}

/// The days of a log, and what it would have.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogSpan {
    /// The terms to choose from, the newest first.
    pub terms: Vec<Choice>,
    /// The period that was asked for.
    pub chosen: String,
    /// Its days.
    pub span: String,
    /// How many cases it has; none until every case was read: ask again.
    pub rows: Option<u32>,
    /// Cases that were read so far, and cases in all.
    pub read: (u32, u32),
    /// The logs that were saved before, by their files' names, the newest first, 10 at most.
    pub saved: Vec<Fact>,
}
