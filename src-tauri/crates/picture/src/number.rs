//! The number at a frame: white digits on a field of the frame's colour. No font is read: the ten digits stand here.

use image::{Rgb, RgbImage};

use crate::draw::{HALF, MARK, fill};
use crate::message::Span;

const WHITE: Rgb<u8> = Rgb([255, 255, 255]);
/// Dots of a digit across and down.
const ACROSS: u32 = 5;
const DOWN: u32 = 7;
/// Dots around the digits and between them.
const APART: u32 = 1;
/// Of a picture's longer side, one dot of a digit is this part: a number is then read in print as well as on screen.
const DOTS_ON_A_SIDE: u32 = 240;
/// Pixels that a dot is across at least and at most.
const SMALLEST: u32 = 2;
const LARGEST: u32 = 12;

/// The digits from 0, row by row from the top; the highest of five bits is on the left.
const DIGITS: [[u8; 7]; 10] = [
    [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
    [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
];

/// Draws the number on top of the frame's first corner, or inside of that corner where there is no room above it. Its
/// field is moved to the left where it would leave the picture.
pub(crate) fn at(picture: &mut RgbImage, frame: Span, number: u8) {
    let field = field(picture.dimensions(), frame, number);
    fill(picture, field, MARK);
    let dot = dot(picture.dimensions());
    let mut left = field.left.saturating_add(APART * dot);
    let top = field.top.saturating_add(APART * dot);
    for digit in digits(number) {
        for (row, dots) in (0..).zip(DIGITS.get(usize::from(digit)).into_iter().flatten()) {
            for column in (0..ACROSS).filter(|column| dots >> (ACROSS - 1 - column) & 1 == 1) {
                let (x, y) = (left.saturating_add(column * dot), top.saturating_add(row * dot));
                let span =
                    Span { left: x, top: y, right: x.saturating_add(dot - 1), bottom: y.saturating_add(dot - 1) };
                fill(picture, span, WHITE);
            }
        }
        left = left.saturating_add((ACROSS + APART) * dot);
    }
}

/// Where the number's field is.
pub(crate) fn field((width, height): (u32, u32), frame: Span, number: u8) -> Span {
    let dot = dot((width, height));
    let count = u32::try_from(digits(number).len()).unwrap_or(2);
    let across = (count * (ACROSS + APART) + APART) * dot;
    let down = (DOWN + 2 * APART) * dot;
    let outer = (frame.left.saturating_sub(HALF), frame.top.saturating_sub(HALF));
    let left = outer.0.min(width.saturating_sub(across));
    let top = if outer.1 >= down { outer.1 - down } else { outer.1 };
    Span { left, top, right: left.saturating_add(across - 1), bottom: top.saturating_add(down - 1) }
}

fn dot((width, height): (u32, u32)) -> u32 {
    (width.max(height) / DOTS_ON_A_SIDE).clamp(SMALLEST, LARGEST)
}

fn digits(number: u8) -> Vec<u8> {
    if number < 10 { vec![number] } else { vec![number / 10 % 10, number % 10] }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::{WHITE, field};
    use crate::draw::{HALF, MARK, over};
    use crate::message::{Shape, Span};

    const GREY: Rgb<u8> = Rgb([90, 90, 90]);

    fn is_in(span: Span, x: u32, y: u32) -> bool {
        (span.left..=span.right).contains(&x) && (span.top..=span.bottom).contains(&y)
    }

    #[test]
    fn nothing_changes_but_the_frame_and_the_field_of_its_number() {
        let size = (200, 150);
        for (frame, number) in [
            (Span { left: 60, top: 70, right: 150, bottom: 120 }, 7),
            (Span { left: 4, top: 3, right: 90, bottom: 60 }, 12),
            (Span { left: 190, top: 100, right: 199, bottom: 149 }, 99),
        ] {
            let mut picture = RgbImage::from_pixel(size.0, size.1, GREY);
            over(&mut picture, Shape::Numbered(frame, number));
            let field = field(size, frame, number);
            let outer = Span {
                left: frame.left.saturating_sub(HALF),
                top: frame.top.saturating_sub(HALF),
                right: frame.right + HALF,
                bottom: frame.bottom + HALF,
            };
            let inner = Span {
                left: frame.left + HALF + 1,
                top: frame.top + HALF + 1,
                right: frame.right - HALF - 1,
                bottom: frame.bottom - HALF - 1,
            };
            let mut white = 0;
            for (x, y, pixel) in picture.enumerate_pixels() {
                let on_frame = is_in(outer, x, y) && !is_in(inner, x, y);
                if is_in(field, x, y) {
                    assert!([WHITE, MARK].contains(pixel), "{number}: {x} {y}");
                    white += u32::from(*pixel == WHITE);
                } else {
                    assert_eq!(*pixel, if on_frame { MARK } else { GREY }, "{number}: {x} {y}");
                }
            }
            assert!(white > 40, "{number} is not seen");
        }
    }

    #[test]
    fn no_two_numbers_look_alike() {
        let frame = Span { left: 40, top: 40, right: 60, bottom: 60 };
        let drawn = |number| {
            let mut picture = RgbImage::from_pixel(100, 100, GREY);
            over(&mut picture, Shape::Numbered(frame, number));
            picture.into_raw()
        };
        let all: std::collections::BTreeSet<Vec<u8>> = (1..=99).map(drawn).collect();
        assert_eq!(all.len(), 99);
    }
}
