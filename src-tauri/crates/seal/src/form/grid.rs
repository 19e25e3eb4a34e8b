//! The grid of the page and the styles of its text. Millimetres from the top left corner of A4.

use super::face::Face;

/// Width of the page.
pub(super) const PAGE_W: f32 = 210.0;
/// Height of the page.
pub(super) const PAGE_H: f32 = 297.0;
/// Left edge of the text block.
pub(super) const LEFT: f32 = 22.0;
/// Right edge of the text block.
pub(super) const RIGHT: f32 = 194.0;
/// Width of the text block.
pub(super) const WIDTH: f32 = RIGHT - LEFT;
/// Upper edge of the text block.
pub(super) const TOP: f32 = 24.0;
/// Lower edge of the text block.
pub(super) const BOTTOM: f32 = 275.0;
/// Left edge of the labels.
pub(super) const LABEL: f32 = 28.0;
/// Width of a label.
pub(super) const LABEL_W: f32 = 31.0;
/// Left edge of the answers.
pub(super) const ANSWER: f32 = 62.0;
/// Width of an answer.
pub(super) const ANSWER_W: f32 = RIGHT - ANSWER;
/// Width of a second label within the answer.
pub(super) const SUBLABEL_W: f32 = 26.0;
/// Width of half the text block.
pub(super) const HALF_W: f32 = 84.0;
/// Left edge of the right half.
pub(super) const HALF_RIGHT: f32 = 110.0;
/// Millimetres in a point.
pub(super) const MM_PER_PT: f32 = 25.4 / 72.0;

/// Widths of rules in points.
pub(super) mod rule {
    /// Top of an annex, frames of what nobody may miss.
    pub(in super::super) const HEAVY: f32 = 1.6;
    /// Top of a table, end lines.
    pub(in super::super) const STRONG: f32 = 1.2;
    /// Under headings, after a last row, boxes.
    pub(in super::super) const MIDDLE: f32 = 0.8;
    /// Ink lines and frames of pictures.
    pub(in super::super) const INK: f32 = 0.6;
    /// Between fields and rows.
    pub(in super::super) const FINE: f32 = 0.4;
}

/// Face, size and line height of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// The face where nothing else is said.
    pub(super) face: Face,
    /// Size in points.
    pub(super) size: f32,
    /// Height of a line in millimetres.
    pub(super) line: f32,
}

const fn style(face: Face, size: f32, line: f32) -> Style {
    Style { face, size, line }
}

/// The title of a document.
pub(super) const TITLE: Style = style(Face::Bold, 20.0, 8.5);
/// Titles of annexes, mark over a picture.
pub(super) const PART: Style = style(Face::Bold, 13.0, 6.5);
/// The letter of an annex, white on black.
pub(super) const PART_LETTER: Style = style(Face::Bold, 12.0, 6.5);
/// Case reference in the title block.
pub(super) const REFERENCE: Style = style(Face::Bold, 13.0, 6.0);
/// Labels of fields.
pub(super) const FIELD_LABEL: Style = style(Face::Bold, 9.5, 4.5);
/// Answers and running text.
pub(super) const BODY: Style = style(Face::Sans, 9.5, 4.5);
/// Labels within an answer.
pub(super) const SMALL_LABEL: Style = style(Face::Bold, 9.0, 4.5);
/// Headings of tables.
pub(super) const TABLE_HEAD: Style = style(Face::Bold, 9.0, 4.0);
/// Tables, notes, header, footer, captions.
pub(super) const SMALL: Style = style(Face::Sans, 9.0, 4.0);
/// Addresses, hashes, commands, file names.
pub(super) const MONO: Style = style(Face::Mono, 9.0, 4.0);
/// Exhibit mark in the list of exhibits.
pub(super) const LIST_MARK: Style = style(Face::Bold, 11.0, 4.0);
/// Exhibit mark on the first page of an exhibit.
pub(super) const EXHIBIT_MARK: Style = style(Face::Bold, 32.0, 12.5);
/// The marking line.
pub(super) const MARKING: Style = style(Face::Bold, 9.0, 4.0);
/// A recovery code, to be typed from paper.
pub(super) const CODE: Style = style(Face::Mono, 15.0, 8.0);

/// Distance from the top of a line box to its baseline.
pub(super) fn baseline(line: f32, size: f32) -> f32 {
    line / 2.0 + 0.388 * size * MM_PER_PT
}
