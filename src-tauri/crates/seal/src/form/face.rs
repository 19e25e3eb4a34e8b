//! The fonts that are part of the program, a pack of the school's beside them, and which of them draws a character.

mod pack;

pub use pack::{FontPack, NoFontPack};

use super::FormError;
use super::line::Line;
use super::shape::Asked;
use printpdf::{FontId, ParsedFont, PdfFont};
use rustybuzz::{Direction, GlyphBuffer, Script, ShapePlan, UnicodeBuffer};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// The three faces of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Face {
    /// Noto Sans Regular.
    Sans,
    /// Noto Sans Bold.
    Bold,
    /// Noto Sans Mono Regular.
    Mono,
}

/// Place of a font in [`Fonts`].
pub(super) type FontIndex = usize;

/// The font pack, where there is one.
const PACK: FontIndex = SOURCES.len();

/// The pack's tag, as each of [`SOURCES`] has one.
const PACK_TAG: &str = "ETPACK";

/// Devanagari shares glyphs between syllables, so that its runs carry their text beside them.
pub(super) const DEVANAGARI: FontIndex = 5;

struct Source {
    name: &'static str,
    tag: &'static str,
    bytes: &'static [u8],
}

macro_rules! source {
    ($tag:literal, $name:literal) => {
        Source { name: $name, tag: $tag, bytes: include_bytes!(concat!("../../../../../assets/fonts/", $name)) }
    };
}

// The first six letters of a tag become the tag of the font's subset: six capitals.
static SOURCES: [Source; 7] = [
    source!("ETSANS", "NotoSans-Regular.ttf"),
    source!("ETBOLD", "NotoSans-Bold.ttf"),
    source!("ETMONO", "NotoSansMono-Regular.ttf"),
    source!("ETARAB", "NotoSansArabic-Regular.ttf"),
    source!("ETHEBR", "NotoSansHebrew-Regular.ttf"),
    source!("ETDEVA", "NotoSansDevanagari-Regular.ttf"),
    source!("ETSYMB", "NotoSansSymbols2-Regular.ttf"),
];

// A plan says which rules of a font apply to a script in a direction.
type Plans = HashMap<(FontIndex, bool, Option<Script>), Arc<ShapePlan>>;

/// The fonts of every document.
pub struct Fonts {
    shaping: Vec<rustybuzz::Face<'static>>,
    plans: Mutex<Plans>,
    widths: Mutex<HashMap<(FontIndex, bool, String), f32>>,
    lines: Mutex<HashMap<Asked, Vec<Line>>>,
    embedded: Vec<PdfFont>,
}

impl Fonts {
    /// Reads the fonts that are part of the program.
    ///
    /// # Errors
    /// - If a font cannot be read, which means that the program itself is damaged.
    pub fn bundled() -> Result<Self, FormError> {
        let mut shaping = Vec::new();
        let mut embedded = Vec::new();
        for source in &SOURCES {
            let unreadable = FormError::Font { name: source.name };
            let Some(face) = rustybuzz::Face::from_slice(source.bytes, 0) else {
                return Err(unreadable);
            };
            let Some(parsed) = ParsedFont::from_bytes(source.bytes, 0, &mut Vec::new()) else {
                return Err(unreadable);
            };
            shaping.push(face);
            embedded.push(PdfFont::new(parsed));
        }
        Ok(Self { shaping, plans: Mutex::default(), widths: Mutex::default(), lines: Mutex::default(), embedded })
    }

    /// The same, and a font pack for what none of them draws.
    ///
    /// # Errors
    /// - If a font cannot be read, which means that the program itself is damaged.
    pub fn with(pack: Option<&FontPack>) -> Result<Self, FormError> {
        let mut fonts = Self::bundled()?;
        if let Some(pack) = pack {
            let unreadable = FormError::Font { name: "font pack" };
            fonts.shaping.push(rustybuzz::Face::from_slice(pack.bytes(), 0).ok_or(unreadable)?);
            fonts.embedded.push(PdfFont::new(pack.parsed().clone()));
        }
        Ok(fonts)
    }

    pub(super) fn id(font: FontIndex) -> FontId {
        FontId(SOURCES.get(font).map_or(PACK_TAG, |source| source.tag).to_owned())
    }

    /// Those of the fonts that a file uses, to be put into it.
    pub(super) fn embedded(&self, used: &BTreeSet<FontIndex>) -> BTreeMap<FontId, PdfFont> {
        used.iter().map(|font| (Self::id(*font), self.embedded[*font].clone())).collect()
    }

    /// Units that the measures of a font are given in, for its whole size.
    pub(super) fn units(&self, font: FontIndex) -> f32 {
        self.shaping[font].units_per_em() as f32
    }

    /// Shapes a text of one font and one direction. Plans are kept: making one takes longer than
    /// shaping a word.
    pub(super) fn shape(&self, font: FontIndex, text: &str, backward: bool) -> GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let direction = if backward { Direction::RightToLeft } else { Direction::LeftToRight };
        buffer.set_direction(direction);
        let script = Some(buffer.script()).filter(|script| *script != rustybuzz::script::UNKNOWN);
        let language = buffer.language();
        let plan = Arc::clone(
            self.plans.lock().unwrap_or_else(PoisonError::into_inner).entry((font, backward, script)).or_insert_with(
                || Arc::new(ShapePlan::new(&self.shaping[font], direction, script, language.as_ref(), &[])),
            ),
        );
        rustybuzz::shape_with_plan(&self.shaping[font], &plan, buffer)
    }

    /// Width of a text of one font and one direction, in thousandths of its size. The same words
    /// are measured many times while a document is laid out.
    pub(super) fn width(&self, font: FontIndex, text: &str, backward: bool) -> f32 {
        let key = (font, backward, text.to_owned());
        let known = self.widths.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        known.unwrap_or_else(|| {
            let shaped = self.shape(font, text, backward);
            let units: i32 = shaped.glyph_positions().iter().map(|position| position.x_advance).sum();
            let width = units as f32 * 1000.0 / self.units(font);
            self.widths.lock().unwrap_or_else(PoisonError::into_inner).insert(key, width);
            width
        })
    }

    /// The lines that these words were broken into before in the same document, or those that `broken` makes: a document
    /// is laid out until its page references settle, and nearly all of it is the same each time.
    pub(super) fn lines(&self, asked: Asked, broken: impl FnOnce() -> Vec<Line>) -> Vec<Line> {
        let known = self.lines.lock().unwrap_or_else(PoisonError::into_inner).get(&asked).cloned();
        known.unwrap_or_else(|| {
            let lines = broken();
            self.lines.lock().unwrap_or_else(PoisonError::into_inner).insert(asked, lines.clone());
            lines
        })
    }

    /// Forgets the words of a document: some documents hold secrets.
    pub(super) fn forget(&self) {
        self.widths.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Width of a glyph in thousandths of its size, as the file's own table of widths has it.
    pub(super) fn natural(&self, font: FontIndex, glyph: u16) -> f32 {
        let face = &self.shaping[font];
        let width = face.glyph_hor_advance(rustybuzz::ttf_parser::GlyphId(glyph)).map_or(0.0, f32::from);
        (width * 1000.0 / face.units_per_em() as f32).trunc()
    }

    /// The font that draws `character` where `face` was asked for, if one can.
    pub(super) fn font_for(&self, face: Face, character: char) -> Option<FontIndex> {
        let own = match face {
            Face::Sans => 0,
            Face::Bold => 1,
            Face::Mono => 2,
        };
        std::iter::once(own).chain([0, 3, 4, 5, 6, PACK]).find(|font| self.draws(*font, character))
    }

    pub(super) fn draws(&self, font: FontIndex, character: char) -> bool {
        self.shaping.get(font).is_some_and(|face| face.glyph_index(character).is_some())
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fonts({})", self.shaping.len())
    }
}
