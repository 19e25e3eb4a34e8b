//! The view model of the draft of a witness statement.

use crate::form::model::Heading;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// All that the draft prints. It holds no contact details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementModel {
    /// School and case.
    pub heading: Heading,
    /// Full name of the witness.
    pub name: String,
    /// Their position in the school.
    pub position: String,
    /// What the witness's own key signed, under headings.
    pub parts: Vec<StatementPart>,
    /// Exhibits that the witness produced, in the order of their marks.
    pub exhibits: Vec<StatementExhibit>,
}

/// Facts under a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementPart {
    /// The heading.
    pub title: String,
    /// What the key's signature says of them, under the list.
    pub remark: String,
    /// The facts, in the order of the ledger. A part without any is left out.
    pub facts: Vec<StatementFact>,
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementFact {
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// What was recorded; a line feed begins a paragraph.
    pub what: String,
    /// Ledger entry.
    pub entry: u64,
}

/// An exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementExhibit {
    /// Its mark.
    pub mark: String,
    /// What it is, so that it can be told from others (Criminal Procedure Rules, rule 16.3).
    pub what: String,
    /// When it was made, and with whom signed in.
    pub made: String,
}
