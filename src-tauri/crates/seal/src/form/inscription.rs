//! A few lines in a frame, as a page of its own: what a signature shows, in letters that every script has.

use std::borrow::Cow;

use super::face::Fonts;
use super::grid::{MM_PER_PT, SMALL, Style, TABLE_HEAD};
use super::line::Line;
use super::press::{self, MARGIN};
use super::shape;
use super::words::Words;

/// One line of an inscription, before it is broken to the width.
pub(crate) struct Inscribed<'a> {
    /// What it says; from outside.
    pub(crate) words: Cow<'a, str>,
    /// Whether it stands in bold.
    pub(crate) is_bold: bool,
}

/// Draws the lines into a frame of the given size in points: a PDF of one page.
pub(crate) fn draw(fonts: &Fonts, lines: &[Inscribed<'_>], (width, height): (f32, f32)) -> Vec<u8> {
    let (width, height) = (width * MM_PER_PT, height * MM_PER_PT);
    let fitted = fit(fonts, lines, width - 2.0 * MARGIN.0, height - 2.0 * MARGIN.1);
    let drawn = press::inscription(fonts, &fitted, (width, height));
    fonts.forget();
    drawn
}

/// Breaks the lines to the width. Where that gives more lines than there is room for, all are drawn smaller rather than
/// any cut.
fn fit(fonts: &Fonts, lines: &[Inscribed<'_>], width: f32, height: f32) -> Vec<Line> {
    let mut scale = 1.0;
    loop {
        let fitted: Vec<Line> = lines
            .iter()
            .flat_map(|line| {
                let base = if line.is_bold { TABLE_HEAD } else { SMALL };
                let style = Style { size: base.size * scale, line: base.line * scale, ..base };
                shape::lines(fonts, &Words::outside(&line.words), style, width)
            })
            .collect();
        if super::line::height(&fitted) <= height || scale < 0.2 {
            return fitted;
        }
        scale *= 0.95;
    }
}
