//! The view model of a volume of exhibits.

use crate::form::model::{Cell, Heading, Person, hexadecimal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A volume of exhibits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VolumeModel {
    /// School, case, edition, ledger.
    pub heading: Heading,
    /// Number of this volume, from 1.
    pub number: u32,
    /// How many volumes there are.
    pub of: u32,
    /// The person who makes the volume and signs it.
    pub producer: Person,
    /// The exhibits, in the order of the record.
    pub exhibits: Vec<ExhibitModel>,
}

/// An exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExhibitModel {
    /// Its mark, such as `JS/1`.
    pub mark: String,
    /// What it is: `Web page, two views`.
    pub what: String,
    /// Who produced it, with the position.
    pub produced_by: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// Where it was made.
    pub place: Cell,
    /// Continuity from the ledger, in order.
    pub continuity: Vec<Continuity>,
    /// The capture sheet, in the order that it prints in.
    pub sheet: Vec<SheetRow>,
    /// The pictures kept unaltered, by offset.
    pub views: Vec<ViewPicture>,
    /// Pictures made from others.
    pub derived: Vec<DerivedPicture>,
}

impl ExhibitModel {
    /// All picture files, in the order they are bound in.
    pub(super) fn files(&self) -> impl Iterator<Item = &PictureFile> {
        self.views.iter().map(|view| &view.file).chain(self.derived.iter().map(|derived| &derived.file))
    }
}

/// A row of continuity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Continuity {
    /// When.
    pub at: DateTime<Utc>,
    /// What happened, and why.
    pub what: Cell,
    /// Name, position or number.
    pub who: Cell,
    /// Its ledger entry, which stands in the place of a signature.
    pub ledger_entry: u64,
}

/// A row of the capture sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// The item: `HTTP status`.
    pub item: String,
    /// What was recorded.
    pub value: SheetValue,
    /// How it is known.
    pub known: Known,
}

/// What a row of the capture sheet holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetValue {
    /// Words.
    Words(Cell),
    /// An address: printed for reading, then exactly.
    Address(String),
    /// Redirects: status and address each.
    Redirects(Vec<(String, String)>),
}

/// How an item is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Read from the browser or this computer.
    Observed,
    /// Not recorded, with the reason.
    NotRecorded,
    /// Stated by a person.
    Stated,
}

/// A PNG file, opaque, 8 bits for each of red, green and blue, not interlaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureFile {
    /// The bytes of the file.
    #[serde(skip)]
    pub png: Vec<u8>,
    /// SHA-256 on record; the bytes are held to it.
    #[serde(with = "hexadecimal")]
    pub sha256: [u8; 32],
}

/// A view as it was captured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewPicture {
    /// The file.
    pub file: PictureFile,
    /// The part of the page: `From 0 to 1,080 of 2,140 pixels down`.
    pub part: Cell,
    /// When it was taken.
    pub taken: DateTime<Utc>,
}

/// A picture made from others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedPicture {
    /// The file.
    pub file: PictureFile,
    /// What it is: `Full page`.
    pub title: String,
    /// What it was made from: `View 1 of 2` and its SHA-256 each.
    pub made_from: Vec<Source>,
    /// How it was made.
    pub how: Cell,
}

/// A source of a derived picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What it is.
    pub what: String,
    /// Its SHA-256.
    #[serde(with = "hexadecimal")]
    pub sha256: [u8; 32],
}
