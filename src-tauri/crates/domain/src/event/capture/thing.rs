//! What is recorded of a device that was reviewed and of a physical item: field by field, as people state it.

use serde::{Deserialize, Serialize};

use super::ExhibitKind;
use crate::words::Words;

/// What a person stated, or their reason why it is not recorded. A blank is not possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stated {
    /// As it was stated.
    Recorded(Words),
    /// Not recorded, because of this.
    NotRecorded(Words),
}

/// A thing that an exhibit in words is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thing {
    /// A device that was reviewed.
    Device(Box<DeviceFacts>),
    /// A physical item: a printout, a device, first notes, the signed paper that came back.
    Item(Box<ItemFacts>),
}

impl Thing {
    /// The kind of exhibit that it makes.
    #[must_use]
    pub fn kind(&self) -> ExhibitKind {
        match self {
            Self::Device(_) => ExhibitKind::Device,
            Self::Item(_) => ExhibitKind::PhysicalItem,
        }
    }
}

/// What is known of a device that was reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DeviceFacts {
    /// Who made it.
    pub make: Stated,
    /// Which model it is.
    pub model: Stated,
    /// Its serial number.
    pub serial: Stated,
    /// Whose it is.
    pub owner: Stated,
    /// Where it was reviewed, or is kept.
    pub location: Stated,
    /// Who handed it over.
    pub handed_over_by: Stated,
    /// When it was handed over.
    pub handed_over_at: Stated,
    /// What was looked at on it.
    pub looked_at: Stated,
}

/// What is known of a physical item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ItemFacts {
    /// The mark on it: a label, a number, a name.
    pub mark: Stated,
    /// What it is and looks like.
    pub description: Stated,
    /// The number of its seal.
    pub seal: Stated,
    /// Who holds it.
    pub custodian: Stated,
    /// Where it is.
    pub place: Stated,
}
