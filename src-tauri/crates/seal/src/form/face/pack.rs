//! The optional font pack: one font file of the school's for Chinese, Japanese and Korean, which would be larger than
//! the whole program.

use printpdf::ParsedFont;
use rustybuzz::ttf_parser::{self, Permissions};
use thiserror::Error;

/// What a pack must draw: a Chinese, a Japanese and a Korean character.
const SAMPLES: [char; 3] = ['\u{5c71}', '\u{3042}', '\u{ae40}'];

/// A font file that draws what none of the program's own fonts do.
pub struct FontPack {
    bytes: &'static [u8],
    parsed: ParsedFont,
}

/// Why a file is no font pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoFontPack {
    /// It is no TrueType or OpenType font.
    #[error("it is not a TrueType or OpenType font")]
    Unreadable,
    /// It lacks a script. Which is not told: one of the three samples is missing.
    #[error("it does not draw Chinese, Japanese and Korean")]
    Lacking,
    /// Its maker does not allow it inside documents (OpenType, OS/2 table, `fsType`).
    #[error("its licence does not let it be put into documents")]
    NotForDocuments,
}

impl FontPack {
    /// Takes a font file: TrueType, OpenType, or a collection of them, whose first font is used. The bytes stay in memory
    /// until the program ends.
    ///
    /// # Errors
    /// - If it is not a font that can be read.
    /// - If it does not draw all of Chinese, Japanese and Korean.
    /// - If it says that it must not be embedded, or only whole.
    pub fn read(bytes: Vec<u8>) -> Result<Self, NoFontPack> {
        let face = ttf_parser::Face::parse(&bytes, 0).map_err(|_| NoFontPack::Unreadable)?;
        if !SAMPLES.iter().all(|sample| face.glyph_index(*sample).is_some()) {
            return Err(NoFontPack::Lacking);
        }
        if matches!(face.permissions(), Some(Permissions::Restricted)) || !face.is_subsetting_allowed() {
            return Err(NoFontPack::NotForDocuments);
        }
        let parsed = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new()).ok_or(NoFontPack::Unreadable)?;
        Ok(Self { bytes: bytes.leak(), parsed })
    }

    pub(super) fn bytes(&self) -> &'static [u8] {
        self.bytes
    }

    pub(super) fn parsed(&self) -> &ParsedFont {
        &self.parsed
    }
}

impl std::fmt::Debug for FontPack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontPack({} bytes)", self.bytes.len())
    }
}
