//! The view model of the papers of a hand-over.

use crate::form::model::{Heading, Person, Terms, hexadecimal};
use serde::{Deserialize, Serialize};

/// All that the cover sheet, the check sheet and the receipt print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverModel {
    /// School and case; the ledger entry and hash are those at which the package was made.
    pub heading: Heading,
    /// What the pack calls people.
    pub terms: Terms,
    /// The number of this hand-over in its case, from 1.
    pub number: u32,
    /// What the package is for, in a sentence.
    pub variant: String,
    /// To whom.
    pub to: String,
    /// Their force or organisation.
    pub organisation: String,
    /// Their reference.
    pub reference: String,
    /// What it is handed over on.
    pub medium: String,
    /// The medium's serial number, or why there is none.
    pub serial: String,
    /// The name of the package's folder.
    pub name: String,
    /// How it is delivered.
    #[serde(default)]
    pub delivery: Delivered,
    /// Who made and signed it.
    pub maker: Person,
    /// The documents in it.
    pub documents: Vec<Included>,
    /// The files of exhibits in it.
    pub exhibits: Vec<Included>,
    /// What was left out, each with the reason.
    pub left_out: Vec<String>,
}

/// How a package is delivered, as its papers say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivered {
    /// A folder as it is.
    #[default]
    Folder,
    /// A ZIP file, encrypted, to be unpacked first.
    Zip,
    /// A flat folder of loose files.
    Loose,
}

/// A document or a file that is in the package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Included {
    /// What it is.
    pub what: String,
    /// SHA-256 of the file.
    #[serde(with = "hexadecimal")]
    pub sha256: [u8; 32],
    /// Of a document, who has not signed it.
    pub missing: Vec<String>,
}
