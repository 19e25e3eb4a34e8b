//! The view model of the incident log and of the reporting log.

use crate::form::model::Letterhead;
use serde::{Deserialize, Serialize};

/// Which of the two logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogKind {
    /// The incident log, with the columns of schools in Hertfordshire.
    Incident,
    /// The reporting log, with the columns of logs on the template.
    Reporting,
}

impl LogKind {
    /// Name of the document.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Incident => "Incident log",
            Self::Reporting => "Reporting log",
        }
    }

    /// Headings of its columns, in their order.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Incident => &[
                "Date and time",
                "Name",
                "Male or female",
                "Room, and serial number of the device",
                "Details of the incident",
                "Actions and reasons",
            ],
            Self::Reporting => {
                &["Date", "Time", "Incident", "Action: what", "Action: by whom", "Reported by", "Signature"]
            }
        }
    }
}

/// All that a log prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogModel {
    /// Which log.
    pub kind: LogKind,
    /// The school, and where in the ledger the log was made.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// The days that it is over: `1 September to 27 November 2026`.
    pub span: String,
    /// Which cases it lists, in words.
    pub scope: String,
    /// Its rows, in the order of opening.
    pub rows: Vec<LogRow>,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRow {
    /// Reference of the case.
    pub case: String,
    /// A cell for each column; a line feed begins a paragraph. An empty one says that nothing was recorded.
    pub cells: Vec<String>,
}
