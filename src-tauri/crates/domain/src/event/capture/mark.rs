//! What is recorded of each shape that was drawn over a picture: where it stands and, for a number, what it points out.

use serde::{Deserialize, Serialize};

use super::ExhibitKind;
use crate::words::Words;

/// Shapes that are drawn at most over one picture.
pub const MOST_MARKS: usize = 200;
/// The highest number that is drawn beside a frame.
pub const HIGHEST_NUMBER: u8 = 99;
/// Characters that the words to a number may have at most: they stand in a row of the capture sheet.
pub const MOST_MARK_WORDS: usize = 500;

/// Where a shape stands, in pixels of the picture from its top left. Both corners belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// Across, of the first corner.
    pub left: u32,
    /// Down, of the first corner.
    pub top: u32,
    /// Across, of the second corner.
    pub right: u32,
    /// Down, of the second corner.
    pub bottom: u32,
}

impl Place {
    /// Whether both corners lie in a picture of this width and height.
    #[must_use]
    pub fn is_within(&self, (width, height): (u32, u32)) -> bool {
        self.left.max(self.right) < width && self.top.max(self.bottom) < height
    }
}

/// One shape that was drawn over a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", rename_all_fields = "kebab-case")]
pub enum Mark {
    /// A black box: nothing of what was under it is left.
    Box {
        /// Where.
        place: Place,
    },
    /// A frame.
    Frame {
        /// Around what.
        place: Place,
    },
    /// An arrow.
    Arrow {
        /// From where to where.
        place: Place,
    },
    /// A frame with a number at it. The words are here and not in the picture.
    Numbered {
        /// Around what.
        place: Place,
        /// The number, 1 to [`HIGHEST_NUMBER`].
        number: u8,
        /// What it points out, as the person said: at most [`MOST_MARK_WORDS`] characters.
        words: Words,
    },
}

impl Mark {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Box { place } | Self::Frame { place } | Self::Arrow { place } | Self::Numbered { place, .. } => {
                *place
            }
        }
    }

    /// Its number, where it has one.
    #[must_use]
    pub fn number(&self) -> Option<u8> {
        match self {
            Self::Numbered { number, .. } => Some(*number),
            Self::Box { .. } | Self::Frame { .. } | Self::Arrow { .. } => None,
        }
    }
}

/// What a picture with these marks over it is. Only one in which something was covered counts as redacted.
#[must_use]
pub fn kind(marks: &[Mark]) -> ExhibitKind {
    let covers = marks.iter().any(|mark| matches!(mark, Mark::Box { .. }));
    if covers { ExhibitKind::Marked } else { ExhibitKind::Annotated }
}
