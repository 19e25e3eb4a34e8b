//! Handing over: what people fill in, and what became of each package.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::{CaseView, Choice};

/// A package to make.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HandOverForm {
    /// `police`, `lado`, `local-authority`, `headteacher` or `subject-access`.
    pub variant: String,
    /// How it is delivered: `bag`, `zip` or `loose`.
    pub delivery: String,
    /// Of a redacted package, who is named in it, as the case has their names.
    #[serde(default)]
    pub named: Vec<String>,
    /// Of a redacted package, the pictures that go in, by their marks: only those that were drawn over.
    #[serde(default)]
    pub pictures: Vec<String>,
    /// To whom.
    pub to: String,
    /// Their force or organisation.
    pub organisation: String,
    /// Their reference, or why there is none.
    pub reference: String,
    /// What it is handed over on.
    pub medium: String,
    /// The medium's serial number, or why there is none.
    pub serial: String,
    /// The folder that the package's own folder is put in.
    pub folder: String,
    /// The signed-in person who makes and signs it, by id.
    pub person: String,
    /// That person's passphrase, typed again now.
    pub passphrase: String,
}

/// A package that was made.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandedOver {
    /// The package: its folder, or its ZIP file.
    pub path: String,
    /// Of a ZIP, its passphrase. It is told once, here, and stands nowhere.
    pub passphrase: Option<String>,
    /// Of loose files, the names of those that are too large to be there.
    pub left_out: Vec<String>,
    /// The receipt to print and sign.
    pub receipt: String,
    /// SHA-256 of its statement, in groups, as the receipt has it.
    pub statement: String,
    /// The case as it is now.
    pub case: Box<CaseView>,
}

/// What can be handed over of a case, and what was.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandOversView {
    /// The kinds of package, each with why it cannot be made now.
    pub variants: Vec<Choice>,
    /// The kinds that are redacted, by their ids.
    pub redacted: Vec<String>,
    /// The ways to deliver one.
    pub deliveries: Vec<Choice>,
    /// The people of the case, as it has their names, for a redacted package.
    pub people: Vec<String>,
    /// The pictures that were drawn over: mark, and what each is.
    pub drawn_over: Vec<Choice>,
    /// Packages, newest first.
    pub rows: Vec<HandOverRow>,
}

/// A package that was handed over.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandOverRow {
    /// Its number in the case.
    pub number: u32,
    /// What it was for, in words.
    pub variant: String,
    /// To whom, with their organisation.
    pub to: String,
    /// Their reference.
    pub reference: String,
    /// What it is on, with the serial number.
    pub medium: String,
    /// When and by whom it was made.
    pub made: String,
    /// The name of its folder.
    pub name: String,
    /// How many files, and their size.
    pub size: String,
    /// How it was delivered, in words.
    pub delivered: String,
    /// Of a redacted package, who is named in it.
    pub named: Vec<String>,
    /// What became of it, in words, oldest first.
    pub ended: Vec<String>,
    /// It came back.
    pub returned: bool,
    /// Nothing more can be recorded of it.
    pub over: bool,
}
