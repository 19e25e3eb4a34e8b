//! Drawing over raw pixels: boxes that leave nothing of what was there, and marks that point something out.

use image::{Rgb, RgbImage};

use crate::message::{Shape, Span};
use crate::number;

const BLACK: Rgb<u8> = Rgb([0, 0, 0]);
/// The colour of marks: seen on light and on dark.
pub(crate) const MARK: Rgb<u8> = Rgb([212, 0, 90]);
/// Half the width of a mark's line in pixels.
pub(crate) const HALF: u32 = 2;
/// Length of an arrow's head along each side, in pixels.
const HEAD: f64 = 22.0;

/// Draws one shape. What lies outside of the picture is left out.
pub(crate) fn over(picture: &mut RgbImage, shape: Shape) {
    match shape {
        Shape::Black(span) => fill(picture, ordered(span), BLACK),
        Shape::Frame(span) => frame(picture, ordered(span)),
        Shape::Arrow(span) => arrow(picture, span),
        Shape::Numbered(span, number) => {
            frame(picture, ordered(span));
            number::at(picture, ordered(span), number);
        }
    }
}

fn ordered(span: Span) -> Span {
    Span {
        left: span.left.min(span.right),
        top: span.top.min(span.bottom),
        right: span.left.max(span.right),
        bottom: span.top.max(span.bottom),
    }
}

/// Both corners belong to it.
pub(crate) fn fill(picture: &mut RgbImage, span: Span, colour: Rgb<u8>) {
    let (width, height) = picture.dimensions();
    for y in span.top..=span.bottom.min(height.saturating_sub(1)) {
        for x in span.left..=span.right.min(width.saturating_sub(1)) {
            if y < height && x < width {
                picture.put_pixel(x, y, colour);
            }
        }
    }
}

fn frame(picture: &mut RgbImage, span: Span) {
    for (from, to) in [
        ((span.left, span.top), (span.right, span.top)),
        ((span.left, span.bottom), (span.right, span.bottom)),
        ((span.left, span.top), (span.left, span.bottom)),
        ((span.right, span.top), (span.right, span.bottom)),
    ] {
        let side = Span {
            left: from.0.saturating_sub(HALF),
            top: from.1.saturating_sub(HALF),
            right: to.0.saturating_add(HALF),
            bottom: to.1.saturating_add(HALF),
        };
        fill(picture, side, MARK);
    }
}

fn arrow(picture: &mut RgbImage, span: Span) {
    let (from, to) = ((f64::from(span.left), f64::from(span.top)), (f64::from(span.right), f64::from(span.bottom)));
    line(picture, from, to);
    let along = (to.1 - from.1).atan2(to.0 - from.0);
    for turned in [along + 2.6, along - 2.6] {
        line(picture, to, (to.0 + HEAD * turned.cos(), to.1 + HEAD * turned.sin()));
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to the picture first")]
fn line(picture: &mut RgbImage, from: (f64, f64), to: (f64, f64)) {
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let inside = |(x, y): (f64, f64)| (x.clamp(0.0, width), y.clamp(0.0, height));
    let (from, to) = (inside(from), inside(to));
    let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).ceil().max(1.0);
    for step in 0..=(steps as u32) {
        let part = f64::from(step) / steps;
        let (x, y) = ((from.0 + (to.0 - from.0) * part) as u32, (from.1 + (to.1 - from.1) * part) as u32);
        let dot = Span {
            left: x.saturating_sub(HALF),
            top: y.saturating_sub(HALF),
            right: x.saturating_add(HALF),
            bottom: y.saturating_add(HALF),
        };
        fill(picture, dot, MARK);
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::{BLACK, MARK, over};
    use crate::message::{Shape, Span};

    #[test]
    fn shapes_stay_within_the_picture_wherever_they_are_put() {
        let far = u32::MAX;
        for span in [(0, 0, far, far), (far, far, far, far), (5, 900, 2, 3), (0, 0, 0, 0), (far, 0, 0, far)] {
            let span = Span { left: span.0, top: span.1, right: span.2, bottom: span.3 };
            for shape in [Shape::Black(span), Shape::Frame(span), Shape::Arrow(span), Shape::Numbered(span, 42)] {
                over(&mut RgbImage::new(40, 30), shape);
            }
            over(&mut RgbImage::new(0, 0), Shape::Black(span));
            over(&mut RgbImage::new(0, 0), Shape::Numbered(span, 7));
        }
    }

    #[test]
    fn a_frame_leaves_its_inside_and_an_arrow_ends_where_it_points() {
        let white = Rgb([255; 3]);
        let mut picture = RgbImage::from_pixel(100, 100, white);
        over(&mut picture, Shape::Frame(Span { left: 20, top: 20, right: 80, bottom: 80 }));
        assert_eq!((*picture.get_pixel(50, 50), *picture.get_pixel(20, 50)), (white, MARK));
        over(&mut picture, Shape::Arrow(Span { left: 5, top: 5, right: 50, bottom: 50 }));
        assert_eq!(*picture.get_pixel(50, 50), MARK);
        over(&mut picture, Shape::Black(Span { left: 50, top: 50, right: 50, bottom: 50 }));
        assert_eq!((*picture.get_pixel(50, 50), *picture.get_pixel(51, 51)), (BLACK, MARK));
    }
}
