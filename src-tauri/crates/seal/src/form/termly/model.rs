//! The view model of the termly report. Each count is what is printed of it, never the count that is kept back.

use crate::form::model::Letterhead;
use serde::{Deserialize, Serialize};

/// All that a termly report prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermlyModel {
    /// The school, and where in the ledger it was counted.
    #[serde(flatten)]
    pub letterhead: Letterhead,
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
