//! The documents: laid out by printpdf, finished by lopdf.
//!
//! A document is drawn in three steps. A *model* (plain data, one view model a document) is laid
//! out on [`paper`], which knows millimetres, words and tags. [`press`] turns the paper into a PDF.
//! [`bind`] adds what an archive and a signature need: metadata, structure, colour, fields.
//!
//! **Nothing is said by colour, no cell is blank, and no page says that something is signed.**
//!
//! **Paper for words only has no picture to place.** The kind of picture is a type parameter of the
//! paper; every document but the volumes of exhibits uses a type without values.

mod address;
mod bind;
pub mod chart;
mod code;
mod face;
mod field;
mod flow;
mod grid;
mod icc;
pub(crate) mod inscription;
mod line;
mod number;
mod paper;
mod picture;
mod press;
mod reference;
mod shape;
mod sheet;
mod structure;
mod table;
mod words;
mod xmp;

pub mod card;
pub mod destruction;
pub mod emergency;
pub mod exhibits;
pub mod handing;
pub mod kit;
pub mod log;
pub mod model;
pub mod record;
pub mod referral;
pub mod statement;
pub mod summary;
pub mod termly;
pub mod time;

#[cfg(test)]
mod tests;

pub use face::{FontPack, Fonts, NoFontPack};
pub use picture::PictureError;

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// A font that is part of the program cannot be read.
    #[error("The font {name} cannot be read. Install Evidence Trail again.")]
    Font {
        /// File name of the font.
        name: &'static str,
    },
    /// A picture of an exhibit cannot be printed pixel for pixel.
    #[error("Picture {number} of exhibit {mark} cannot be bound. {reason}")]
    Picture {
        /// Mark of the exhibit.
        mark: String,
        /// Place of the picture in its exhibit, from 1.
        number: usize,
        /// What is wrong with the file.
        reason: PictureError,
    },
    /// A volume is larger than a volume may be.
    #[error("The volume holds {bytes} bytes of pictures, more than {most}. Divide the exhibits over more volumes.")]
    VolumeTooLarge {
        /// Bytes of all pictures.
        bytes: u64,
        /// Most bytes a volume may hold.
        most: u64,
    },
    /// The text for a code is too long for a code.
    #[error("The code cannot be drawn because its text is too long. Use a shorter case reference.")]
    Code,
    /// The page references did not settle.
    #[error("The page references of the document did not settle. Report this; it is a fault of the program.")]
    Unsettled,
    /// A document without what it is about.
    #[error("The document has no {what}. Add it and make the document again.")]
    Missing {
        /// What is missing.
        what: &'static str,
    },
    /// The file could not be finished.
    #[error("The document could not be finished: {0}. Report this; it is a fault of the program.")]
    Finish(String),
}

/// A document as drawn: before its first signature.
#[derive(Clone)]
pub struct Drawn {
    bytes: Vec<u8>,
    pages: usize,
}

impl Drawn {
    /// The bytes of the PDF file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of the PDF file, given away.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How many pages the document has.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// SHA-256 of the file as drawn.
    pub fn sha256(&self) -> [u8; 32] {
        crate::sha256(&self.bytes)
    }

    fn new(bytes: Vec<u8>, pages: usize) -> Self {
        Self { bytes, pages }
    }
}

impl std::fmt::Debug for Drawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Drawn({} pages, {} bytes)", self.pages, self.bytes.len())
    }
}
