//! Words into lines: fonts by character, direction runs, line breaks, shaping.

use super::face::{DEVANAGARI, Face, FontIndex, Fonts};
use super::grid::{MM_PER_PT, Style};
use super::line::{Glyph, Line, Run};
use super::words::{Words, code_of, printed_as_code};
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::linebreaks;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const POP_ISOLATE: char = '\u{2069}';
const NO_FONT: u8 = u8::MAX;
// Added to the font of a code that stands for a character which no font draws: the run keeps the character as its text.
const STANDS_IN: FontIndex = 0x40;
// A break after a delimiter is taken only if it leaves less than this many characters unused.
const NEAR_END: usize = 12;

/// How a text that is wider than its column is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Breaking {
    Words,
    Address,
}

/// Words, and how they are to be broken. The measures are compared bit by bit.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    words: Words,
    face: Face,
    measures: [u32; 4],
    breaking: Breaking,
}

/// Breaks words into lines of at most `width` millimetres.
pub(super) fn lines(fonts: &Fonts, words: &Words, style: Style, width: f32) -> Vec<Line> {
    broken(fonts, words, style, Breaking::Words, (width, 0.0))
}

/// Breaks an address: lines after the first stand `indent` further in; nothing is added at a break.
pub(super) fn address(fonts: &Fonts, words: &Words, style: Style, width: f32, indent: f32) -> Vec<Line> {
    broken(fonts, words, style, Breaking::Address, (width, indent))
}

fn broken(fonts: &Fonts, words: &Words, style: Style, breaking: Breaking, (width, indent): (f32, f32)) -> Vec<Line> {
    let measures = [style.size, style.line, width, indent].map(f32::to_bits);
    let asked = Asked { words: words.clone(), face: style.face, measures, breaking };
    fonts.lines(asked, || Text::new(fonts, words, style).broken(breaking, width, indent))
}

/// The words on one line, however wide.
pub(super) fn one_line(fonts: &Fonts, words: &Words, style: Style) -> Line {
    let text = Text::new(fonts, words, style);
    text.line(&text.directions(), 0..text.text.len())
}

/// A line with all its letters spaced.
pub(super) fn spaced(fonts: &Fonts, words: &Words, style: Style, spacing: f32) -> Line {
    let mut line = one_line(fonts, words, style);
    let mut moved = 0.0;
    for run in &mut line.runs {
        run.x += moved;
        run.spacing = spacing;
        moved += spacing * run.glyphs.len() as f32;
    }
    line.width += (moved - spacing).max(0.0);
    // The space is position only: a copy of the text has none.
    line.actual = Some(words.pieces().iter().map(|piece| piece.text.as_str()).collect());
    line
}

struct Text<'a> {
    fonts: &'a Fonts,
    style: Style,
    text: String,
    // The font of each byte of the text; NO_FONT for what only steers direction.
    font: Vec<u8>,
}

impl<'a> Text<'a> {
    fn new(fonts: &'a Fonts, words: &Words, style: Style) -> Self {
        let mut out = Self { fonts, style, text: String::new(), font: Vec::new() };
        for piece in words.pieces() {
            let face = piece.face.unwrap_or(style.face);
            if piece.outside {
                out.push(FIRST_STRONG_ISOLATE, NO_FONT);
            }
            for character in piece.text.chars() {
                out.push_character(face, character);
            }
            if piece.outside {
                out.push(POP_ISOLATE, NO_FONT);
            }
        }
        out
    }

    fn push_character(&mut self, face: Face, character: char) {
        if !printed_as_code(character) {
            // A mark or joiner is drawn by the font of the letter it belongs to.
            let last = self.font.last().copied().filter(|font| *font != NO_FONT);
            let draws = |last: &u8| joins(character) && self.fonts.draws(usize::from(*last), character);
            if let Some(last) = last.filter(draws) {
                return self.push(character, last);
            }
            if let Some(font) = self.fonts.font_for(face, character) {
                return self.push(character, font as u8);
            }
        }
        // What cannot be seen is its code in a copy of the text too; what only lacks a font is itself there.
        let stands_in = if printed_as_code(character) { 0 } else { STANDS_IN };
        self.push(LEFT_TO_RIGHT_ISOLATE, NO_FONT);
        for shown in code_of(character).chars() {
            if let Some(font) = self.fonts.font_for(Face::Mono, shown) {
                self.push(shown, (font + stands_in) as u8);
            }
        }
        self.push(POP_ISOLATE, NO_FONT);
    }

    fn push(&mut self, character: char, font: u8) {
        self.text.push(character);
        self.font.resize(self.text.len(), font);
    }

    fn broken(&self, breaking: Breaking, width: f32, indent: f32) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        let bidi = self.directions();
        for range in self.ranges(&bidi, breaking, width, indent) {
            let mut line = self.line(&bidi, range);
            if !out.is_empty() && indent > 0.0 {
                line = super::line::shifted(vec![line], indent).remove(0);
            }
            line.starts = out.is_empty();
            out.push(line);
        }
        out
    }

    fn directions(&self) -> BidiInfo<'_> {
        BidiInfo::new(&self.text, Some(Level::ltr()))
    }

    fn ranges(&self, bidi: &BidiInfo<'_>, breaking: Breaking, width: f32, indent: f32) -> Vec<Range<usize>> {
        let ends: Vec<usize> = match breaking {
            Breaking::Words => linebreaks(&self.text).map(|(end, _)| end).collect(),
            Breaking::Address => vec![self.text.len()],
        };
        let mut out = Vec::new();
        let (mut start, mut used, mut at) = (0, 0.0_f32, 0);
        for end in ends {
            let room = |lines: usize| if lines == 0 { width } else { width - indent };
            let atom = self.width(bidi, at..self.trimmed(at, end));
            if used > 0.0 && used + atom > room(out.len()) {
                out.push(start..at);
                (start, used) = (at, 0.0);
            }
            if used == 0.0 && atom > room(out.len()) {
                // Wider than a whole line: fill lines character by character.
                let mut left = at;
                loop {
                    let cut = self.cut(bidi, left, end, room(out.len()), breaking);
                    if cut >= self.trimmed(left, end) {
                        break;
                    }
                    out.push(left..cut);
                    left = cut;
                }
                start = left;
                used = self.width(bidi, left..end);
            } else {
                used += self.width(bidi, at..end);
            }
            at = end;
        }
        if start < self.text.len() || out.is_empty() {
            out.push(start..self.text.len());
        }
        out
    }

    /// Where to cut so that as much as possible from `start` fits into `room`.
    fn cut(&self, bidi: &BidiInfo<'_>, start: usize, end: usize, room: f32, breaking: Breaking) -> usize {
        let (mut used, mut fits, mut delimiter, mut since) = (0.0, start, None, 0);
        for (offset, character) in self.text[start..end].char_indices() {
            let at = start + offset;
            let next = at + character.len_utf8();
            used += self.width(bidi, at..next);
            // At least one character goes onto each line, or there would be no end.
            if used > room && fits > start && !joins(character) {
                return match delimiter {
                    Some(cut) if breaking == Breaking::Address && since < NEAR_END => cut,
                    Some(_) | None => fits,
                };
            }
            fits = next;
            since += 1;
            if matches!(character, '/' | '?' | '&' | '=' | '#' | ';') {
                (delimiter, since) = (Some(next), 0);
            }
        }
        end
    }

    fn trimmed(&self, start: usize, end: usize) -> usize {
        start + self.text[start..end].trim_end_matches([' ', POP_ISOLATE]).len()
    }

    fn width(&self, bidi: &BidiInfo<'_>, range: Range<usize>) -> f32 {
        self.pieces(range, |at| bidi.levels[at])
            .into_iter()
            .map(|(piece, font, level)| self.fonts.width(font % STANDS_IN, &self.text[piece], level.is_rtl()))
            .sum::<f32>()
            * self.style.size
            * MM_PER_PT
            / 1000.0
    }

    fn line(&self, bidi: &BidiInfo<'_>, range: Range<usize>) -> Line {
        let range = range.start..range.start + self.text[range.clone()].trim_end().len();
        let mut runs = Vec::new();
        let mut x = 0.0;
        if let Some(paragraph) = bidi.paragraphs.first().filter(|_| !range.is_empty()) {
            let (levels, visual) = bidi.visual_runs(paragraph, range);
            for run in visual {
                let mut pieces = self.pieces(run, |at| levels[at]);
                if pieces.first().is_some_and(|(_, _, level)| level.is_rtl()) {
                    pieces.reverse();
                }
                for (piece, font, level) in pieces {
                    let whole = if font >= STANDS_IN { character_of(&self.text[piece.clone()]) } else { None };
                    let font = font % STANDS_IN;
                    let glyphs = self.shape(piece.clone(), font, level);
                    let width = advance(&glyphs) * self.style.size * MM_PER_PT / 1000.0;
                    let actual = whole.or_else(|| (font == DEVANAGARI).then(|| self.text[piece].to_owned()));
                    runs.push(Run {
                        x,
                        font,
                        size: self.style.size,
                        glyphs: glyphs.into(),
                        actual,
                        backward: level.is_rtl(),
                        spacing: 0.0,
                    });
                    x += width;
                }
            }
        }
        Line {
            before: 0.0,
            height: self.style.line,
            size: self.style.size,
            width: x,
            runs,
            signs: Vec::new(),
            starts: true,
            actual: None,
        }
    }

    /// Parts of one font and one direction, without what only steers direction.
    fn pieces(&self, range: Range<usize>, level: impl Fn(usize) -> Level) -> Vec<(Range<usize>, FontIndex, Level)> {
        let mut out: Vec<(Range<usize>, FontIndex, Level)> = Vec::new();
        for (offset, character) in self.text[range.clone()].char_indices() {
            let at = range.start + offset;
            if self.font[at] == NO_FONT {
                continue;
            }
            let (font, next) = (usize::from(self.font[at]), at + character.len_utf8());
            match out.last_mut() {
                Some((piece, same, of)) if *same == font && *of == level(at) && piece.end == at => {
                    piece.end = next;
                }
                Some(_) | None => out.push((at..next, font, level(at))),
            }
        }
        out
    }

    fn shape(&self, range: Range<usize>, font: FontIndex, level: Level) -> Vec<Glyph> {
        let text = &self.text[range];
        let shaped = self.fonts.shape(font, text, level.is_rtl());
        let scale = 1000.0 / self.fonts.units(font);
        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut last = None;
        shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, position)| {
                let start = info.cluster as usize;
                let end = starts.iter().copied().find(|next| *next > start).unwrap_or(text.len());
                let first = last != Some(start);
                last = Some(start);
                Glyph {
                    id: info.glyph_id as u16,
                    advance: position.x_advance as f32 * scale,
                    dx: position.x_offset as f32 * scale,
                    dy: position.y_offset as f32 * scale,
                    text: first.then(|| text[start..end].to_owned()),
                }
            })
            .collect()
    }
}

/// The character that a code stands for: `[U+6D4B]`. A code that was broken over two lines stands for none.
fn character_of(code: &str) -> Option<String> {
    let figures = code.strip_prefix("[U+")?.strip_suffix(']')?;
    u32::from_str_radix(figures, 16).ok().and_then(char::from_u32).map(String::from)
}

fn advance(glyphs: &[Glyph]) -> f32 {
    glyphs.iter().map(|glyph| glyph.advance).sum()
}

/// Whether a character belongs to the one before it.
fn joins(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}'
        | '\u{05BF}' | '\u{05C1}'..='\u{05C2}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}'
        | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{0900}'..='\u{0903}' | '\u{093A}'..='\u{094F}'
        | '\u{0951}'..='\u{0957}' | '\u{0962}'..='\u{0963}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}')
}
