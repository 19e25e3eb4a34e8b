//! What a document is about, and the page references that a second pass settles.

use super::model::Heading;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What takes the place of the marking in practice mode.
pub(super) const PRACTICE: &str = "PRACTICE – NOT EVIDENCE";

/// What stands on every page and in the metadata.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub(super) school: String,
    /// Name of the document: `Record of review`.
    pub(super) document: String,
    pub(super) case: String,
    pub(super) marking: String,
    pub(super) practice: bool,
    /// Ledger entry the document was made at, and the ledger's hash there.
    pub(super) entry: Option<(u64, [u8; 32])>,
    pub(super) edition: Option<u32>,
    pub(super) made: DateTime<Utc>,
    /// Three boxes for initials in the footer.
    pub(super) initials: bool,
    /// Two ink lines and a date above the footer of every page.
    pub(super) ink_lines: bool,
    /// The marking line says `DRAFT`.
    pub(super) draft: bool,
}

impl About {
    /// What stands on every page of a document of a case.
    pub(super) fn of(heading: &Heading, document: impl Into<String>) -> Self {
        Self {
            school: heading.school.name.clone(),
            document: document.into(),
            case: heading.case_reference.clone(),
            marking: heading.marking.clone(),
            practice: heading.practice,
            entry: Some((heading.ledger_entry, heading.ledger_head)),
            edition: Some(heading.edition),
            made: heading.made,
            initials: false,
            ink_lines: false,
            draft: false,
        }
    }

    /// Title of the document in its metadata.
    pub(super) fn title(&self) -> String {
        if self.case.is_empty() {
            return format!("{}, {}", self.document, self.school);
        }
        format!("{}, case {}", self.document, self.case)
    }

    /// The marking of every page; practice takes its place.
    pub(super) fn shown_marking(&self) -> String {
        let marking = if self.practice { PRACTICE } else { &self.marking };
        if self.draft { format!("DRAFT – {marking}") } else { marking.to_owned() }
    }
}

/// Where things stood when the document was laid out last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct References {
    pub(super) pages: usize,
    pub(super) anchors: BTreeMap<String, usize>,
}

impl References {
    /// `page 7`; before the first pass a page of the same width.
    pub(super) fn page(&self, anchor: &str) -> String {
        format!("page {}", self.number(anchor))
    }

    /// Number of the page an anchor stands on.
    pub(super) fn number(&self, anchor: &str) -> usize {
        self.anchors.get(anchor).copied().unwrap_or(99)
    }
}
