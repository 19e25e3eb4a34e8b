//! What was done with exhibits after they were kept.

use super::{Case, Stamp};
use crate::ids::{ExhibitMark, Hash, PersonId};
use crate::words::Words;

/// A picture of an exhibit was given to the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewed {
    /// When, by whom.
    pub stamp: Stamp,
    /// Whose picture.
    pub mark: ExhibitMark,
    /// SHA-256 of the picture.
    pub sha256: Hash,
    /// Who was signed in.
    pub here: Vec<PersonId>,
}

/// A paper copy of an exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// When it was recorded, by whom.
    pub stamp: Stamp,
    /// Which exhibit.
    pub mark: ExhibitMark,
    /// The copy's number, from 1.
    pub copy: u32,
    /// Who holds it, and where it is.
    pub holder: Words,
}

impl Case {
    /// Pictures that were looked at, oldest first.
    #[must_use]
    pub fn viewed(&self) -> &[Viewed] {
        &self.viewed
    }

    /// Paper copies, oldest first.
    #[must_use]
    pub fn printed(&self) -> &[Printed] {
        &self.printed
    }
}
