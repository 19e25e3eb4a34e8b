//! A few lines in a frame, as a page of its own: what a signature shows, in letters that every script has.

use super::face::{Face, Fonts};
use super::grid::{MM_PER_PT, Style};
use super::line::Line;
use super::words::Words;
use super::{press, shape};

/// The size of the letters in points; the height of a line, and the space at left and top, in millimetres.
const SIZE: f32 = 9.0;
const PITCH: f32 = 4.0;
const LEFT: f32 = 2.0;
const TOP: f32 = 1.5;

/// One line of an inscription, before it is broken to the width.
pub(crate) struct Inscribed<'a> {
    /// What it says; from outside.
    pub(crate) words: &'a str,
    /// Whether it stands in bold.
    pub(crate) is_bold: bool,
}

/// Draws the lines into a frame of the given size in points: a PDF of one page.
pub(crate) fn draw(fonts: &Fonts, lines: &[Inscribed<'_>], (width, height): (f32, f32)) -> Vec<u8> {
    let (width, height) = (width * MM_PER_PT, height * MM_PER_PT);
    let fitted = fit(fonts, lines, width - 2.0 * LEFT, height - 2.0 * TOP);
    press::inscription(fonts, &fitted, (width, height), (LEFT, TOP))
}

/// Breaks the lines to the width. Where that gives more lines than there is room for, all are drawn smaller rather than
/// any cut.
fn fit(fonts: &Fonts, lines: &[Inscribed<'_>], width: f32, height: f32) -> Vec<Line> {
    let mut scale = 1.0;
    loop {
        let fitted: Vec<Line> = lines
            .iter()
            .flat_map(|line| {
                let face = if line.is_bold { Face::Bold } else { Face::Sans };
                let style = Style { face, size: SIZE * scale, line: PITCH * scale };
                shape::lines(fonts, &Words::outside(line.words), style, width)
            })
            .collect();
        if super::line::height(&fitted) <= height || scale < 0.2 {
            return fitted;
        }
        scale *= 0.95;
    }
}
