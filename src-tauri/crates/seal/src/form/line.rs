//! Lines of shaped text, before they have a place on a page.

use super::face::FontIndex;
use std::sync::Arc;

/// A glyph with where it stands.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Number of the glyph in its font.
    pub(super) id: u16,
    /// How far the pen moves, in thousandths of the size.
    pub(super) advance: f32,
    /// How far right of the pen the glyph stands, in thousandths of the size.
    pub(super) dx: f32,
    /// How far above the baseline the glyph stands, in thousandths of the size.
    pub(super) dy: f32,
    /// What the glyph stands for in extracted text; nothing for a further glyph of a cluster.
    pub(super) text: Option<String>,
}

/// Glyphs of one font in one direction.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Left edge in millimetres from the left edge of the line.
    pub(super) x: f32,
    /// The font.
    pub(super) font: FontIndex,
    /// Size in points.
    pub(super) size: f32,
    /// The glyphs from left to right.
    pub(super) glyphs: Arc<[Glyph]>,
    /// The text of the run, where its glyphs cannot tell it.
    pub(super) actual: Option<String>,
    /// From right to left.
    pub(super) backward: bool,
    /// Further space after each glyph, in millimetres.
    pub(super) spacing: f32,
}

/// A sign drawn before the words of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// One disc.
    Observed,
    /// A ring.
    NotRecorded,
}

/// A line of a text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Space above the line in millimetres.
    pub(super) before: f32,
    /// Height of the line box in millimetres.
    pub(super) height: f32,
    /// Size in points that the baseline is reckoned from.
    pub(super) size: f32,
    /// Width of the text in millimetres.
    pub(super) width: f32,
    /// The runs from left to right.
    pub(super) runs: Vec<Run>,
    /// Signs with their left edges.
    pub(super) signs: Vec<(f32, Sign)>,
    /// A paragraph starts here.
    pub(super) starts: bool,
    /// The whole text of the line, where positions make gaps that are not part of it.
    pub(super) actual: Option<String>,
}

/// Height of lines one below the other.
pub(super) fn height(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.before + line.height).sum()
}

/// Moves lines to the right.
pub(super) fn shifted(mut lines: Vec<Line>, by: f32) -> Vec<Line> {
    for line in &mut lines {
        for run in &mut line.runs {
            run.x += by;
        }
        for sign in &mut line.signs {
            sign.0 += by;
        }
        line.width += by;
    }
    lines
}

/// Sets `right` beside `left`, its text `by` millimetres further right, line by line.
pub(super) fn beside(left: Vec<Line>, right: Vec<Line>, by: f32) -> Vec<Line> {
    let mut left = left.into_iter();
    let mut right = shifted(right, by).into_iter();
    let mut out = Vec::new();
    loop {
        match (left.next(), right.next()) {
            (Some(mut line), Some(other)) => {
                line.runs.extend(other.runs);
                line.signs.extend(other.signs);
                line.width = line.width.max(other.width);
                line.before = line.before.max(other.before);
                line.height = line.height.max(other.height);
                out.push(line);
            }
            (Some(line), None) | (None, Some(line)) => out.push(line),
            (None, None) => return out,
        }
    }
}

/// Adds space above the first of the lines.
pub(super) fn after(gap: f32, mut lines: Vec<Line>) -> Vec<Line> {
    if let Some(first) = lines.first_mut() {
        first.before += gap;
    }
    lines
}
