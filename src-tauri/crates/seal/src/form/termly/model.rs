//! The view model of the termly report. Each count is what is printed of it, never the count that is kept back.

use crate::form::model::{School, Terms, hexadecimal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// All that a termly report prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermlyModel {
    /// The school.
    pub school: School,
    /// What the pack calls people.
    pub terms: Terms,
    /// Protective marking.
    pub marking: String,
    /// Made in practice mode.
    pub practice: bool,
    /// When it was counted.
    pub made: DateTime<Utc>,
    /// Ledger entry at which it was counted.
    pub ledger_entry: u64,
    /// The ledger's hash there.
    #[serde(with = "hexadecimal")]
    pub ledger_head: [u8; 32],
    /// The term: `Summer term 2026`.
    pub term: String,
    /// Its days, and the day of counting: `1 April to 31 August 2026, counted on 24 July 2026`.
    pub span: String,
    /// Over which cases it counts, as a sentence.
    pub scope: String,
    /// Up to 4 figures that are read first.
    pub figures: Vec<Figure>,
    /// The charts, in their order.
    pub charts: Vec<CountChart>,
    /// Cases opened in this term and those before it, this one last.
    pub six: Vec<CountRow>,
}

/// A figure with what it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// As printed: `about 35`.
    pub figure: String,
    /// What it counts: `cases opened`.
    pub caption: String,
}

/// A chart of counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountChart {
    /// What it counts by.
    pub title: String,
    /// Its rows; none where `instead` is said.
    pub rows: Vec<CountRow>,
    /// Why there are no rows.
    pub instead: Option<String>,
}

/// A row of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// What is counted.
    pub label: String,
    /// The count as printed: `11`, `fewer than 5`, `not shown`, `none`.
    pub printed: String,
    /// Length of its bar in things, where it has one.
    pub bar: Option<u32>,
}
