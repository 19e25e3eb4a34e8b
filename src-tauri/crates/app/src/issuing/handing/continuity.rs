//! The continuity of an exhibit as a file of the package.

use serde::Serialize;
use trail_domain::event::capture::Exhibit;

use super::super::Paper;
use crate::fault::Fault;
use crate::show::continuity;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Continuity {
    mark: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Row {
    at: String,
    what: String,
    who: String,
    /// The entry of the ledger that it rests on, as text.
    ledger_entry: String,
}

/// `MARK-continuity.json`: what happened to the exhibit, oldest first, each with its ledger entry.
pub(super) fn json(paper: &Paper<'_>, exhibit: &Exhibit) -> Result<Vec<u8>, Fault> {
    let row = |row: continuity::Row<'_>| Row {
        at: String::from(row.stamp.at),
        what: row.what,
        who: paper.with_position(&row.stamp.by),
        ledger_entry: row.stamp.seq.to_string(),
    };
    let rows = continuity::rows(paper.case(), exhibit, paper.scene.phrases).into_iter().map(row).collect();
    let whole = Continuity { mark: exhibit.mark.to_string(), rows };
    super::pretty(&whole)
}
