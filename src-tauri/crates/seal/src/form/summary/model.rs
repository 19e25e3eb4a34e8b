//! The view model of the case summary, and the same as plain text to paste.

use crate::form::model::{Heading, NOT_WRITTEN};
use crate::form::reference::PRACTICE;
use serde::{Deserialize, Serialize};

/// Most characters of a field in the text to paste.
const MOST: usize = 1_500;

/// All that a case summary says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryModel {
    /// School and case.
    pub heading: Heading,
    /// Beside the title, under the reference: `Opened 22 November 2026`.
    pub remark: String,
    /// Its fields, in their order: at most twelve.
    pub fields: Vec<SummaryField>,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryField {
    /// What it is.
    pub label: String,
    /// What was recorded; a line feed begins a paragraph. Empty says that nothing was.
    pub text: String,
}

impl SummaryModel {
    /// A name for the file that every record system takes: letters, figures and hyphens, 60 characters at most.
    #[must_use]
    pub fn file_stem(&self) -> String {
        let keep = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let reference: String = self.heading.case_reference.chars().map(keep).take(40).collect();
        format!("{}-case-summary", reference.trim_matches('-'))
    }

    /// The summary as plain text, to paste where no file can be attached.
    #[must_use]
    pub fn text(&self) -> String {
        let heading = &self.heading;
        let mark = if heading.practice { PRACTICE } else { heading.marking.as_str() };
        let mut lines = vec![
            mark.to_owned(),
            format!("Case summary, case {}", heading.case_reference),
            format!("{}. {}", heading.school.name, self.remark),
        ];
        for field in &self.fields {
            lines.push(String::new());
            lines.push(format!("{}:", field.label));
            let text = if field.text.trim().is_empty() { NOT_WRITTEN } else { &field.text };
            lines.push(shortened(text.trim(), MOST));
        }
        lines.push(String::new());
        lines.push(format!(
            "Made from Evidence Trail at ledger entry {}. No pictures, no web addresses.",
            heading.ledger_entry
        ));
        lines.join("\r\n")
    }
}

/// The text, cut after so many characters with a mark that says so.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let clean = text.replace('\r', "").replace('\n', "\r\n");
    if clean.chars().count() <= most {
        return clean;
    }
    let cut: String = clean.chars().take(most).collect();
    format!("{} … (the rest stands in the case in Evidence Trail)", cut.trim_end())
}
