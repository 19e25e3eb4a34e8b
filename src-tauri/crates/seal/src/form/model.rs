//! What several documents have in common: plain data, one view model a document.
//!
//! A model holds what the case state says, already in words where the procedure has words. It
//! decides nothing. All times are UTC; the layout prints them as the clock of the United Kingdom.

use super::words::Words;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The school whose document it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    /// Name of the school.
    pub name: String,
    /// Address on one line.
    pub address: String,
}

/// What the school's pack calls people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// `pupil`, `student` or `child`.
    pub pupil: String,
    /// `headteacher` or `principal`.
    pub headteacher: String,
}

/// What heads a document of the school that belongs to no case and is made from the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// The school.
    pub school: School,
    /// What the pack calls people.
    pub terms: Terms,
    /// Protective marking from the pack.
    pub marking: String,
    /// Made in practice mode: every page says so.
    pub practice: bool,
    /// When the document was made.
    pub made: DateTime<Utc>,
    /// Ledger entry it was made at.
    pub ledger_entry: u64,
    /// Hash of the ledger at that entry.
    #[serde(with = "hexadecimal")]
    pub ledger_head: [u8; 32],
}

/// What heads every document of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The school.
    pub school: School,
    /// Protective marking from the pack, such as `OFFICIAL-SENSITIVE`.
    pub marking: String,
    /// Made in practice mode: every page says so.
    pub practice: bool,
    /// Reference of the case, such as `HB-2026-0014`.
    pub case_reference: String,
    /// The case's own id, for codes that cannot hold the reference.
    pub case_id: String,
    /// When the case was opened.
    pub opened: DateTime<Utc>,
    /// Edition of this document, from 1.
    pub edition: u32,
    /// Edition that this one replaces.
    pub replaces: Option<u32>,
    /// Ledger entry the document was made at.
    pub ledger_entry: u64,
    /// Hash of the ledger at that entry.
    #[serde(with = "hexadecimal")]
    pub ledger_head: [u8; 32],
    /// When the document was made.
    pub made: DateTime<Utc>,
    /// SHA-256 of the certificate of the school's authority.
    #[serde(with = "hexadecimal")]
    pub fingerprint: [u8; 32],
}

/// A person who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Position in the school.
    pub position: String,
    /// SHA-256 of the certificate to expect.
    #[serde(with = "hexadecimal")]
    pub certificate: [u8; 32],
}

/// What stands where nothing was written.
pub(super) const NOT_WRITTEN: &str = "Not recorded, because nothing was written";

/// The content of a cell. None of its forms is blank, and none can print as blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// What was recorded.
    Said(String),
    /// Nothing was recorded, and why.
    NotRecorded {
        /// The reason, to follow *because*.
        because: String,
    },
    /// There is none.
    None,
    /// The procedure does not need it.
    NotNeeded,
    /// The group did not choose it.
    NotChosen,
    /// It stands elsewhere: `fields 4 and 5`.
    See(String),
}

impl Cell {
    /// The words of the cell.
    pub(super) fn words(&self) -> Words {
        match self {
            Self::Said(text) if !text.trim().is_empty() => Words::outside(text.trim()),
            Self::Said(_) => Words::ours(NOT_WRITTEN),
            Self::NotRecorded { because } if !because.trim().is_empty() => {
                Words::ours("Not recorded, because ").then_outside(because.trim())
            }
            Self::NotRecorded { .. } => Words::ours("Not recorded, because no reason was given"),
            Self::None => Words::ours("None"),
            Self::NotNeeded => Words::ours("Not needed"),
            Self::NotChosen => Words::ours("Not chosen"),
            Self::See(place) => Words::ours("See ").then_outside(place.trim()),
        }
    }

    /// Whether the cell says that something is not on record.
    pub(super) fn missing(&self) -> bool {
        match self {
            Self::Said(text) => text.trim().is_empty(),
            Self::NotRecorded { .. } => true,
            Self::None | Self::NotNeeded | Self::NotChosen | Self::See(_) => false,
        }
    }
}

/// A word or words from the model; what is empty says that nothing was recorded.
pub(super) fn said(text: &str) -> Words {
    Cell::Said(text.to_owned()).words()
}

/// SHA-256 values as 64 hexadecimal figures.
pub(super) mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::form) fn serialize<S: Serializer>(hash: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(hash))
    }

    pub(in crate::form) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(from)?;
        let mut out = [0; 32];
        hex::decode_to_slice(text, &mut out).map_err(D::Error::custom)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_can_be_blank() {
        let cells = [
            Cell::Said(String::new()),
            Cell::Said(" \n".to_owned()),
            Cell::NotRecorded { because: String::new() },
            Cell::None,
            Cell::NotNeeded,
            Cell::NotChosen,
            Cell::See(String::new()),
        ];
        for cell in cells {
            let words = cell.words();
            let shown: String = words.pieces().iter().map(|piece| piece.text.as_str()).collect();
            assert!(!shown.trim().is_empty(), "{cell:?}");
        }
    }
}
