//! Decoding, in the process that has nothing else.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, RgbImage};

use crate::draw;
use crate::encode;
use crate::message::{Drawn, NoPicture, SHOWN_SIDE, Shape, Task};

/// Pixels that a file may declare at most: it is judged by its header, before anything is decoded.
pub(crate) const MOST_PIXELS: u64 = 50_000_000;

/// Bytes that a decoder may ask for at most.
const DECODER_BYTES: u64 = 256 * 1024 * 1024;

/// Decodes the file and draws over it what is asked. Colours are as they are in the file; what shows through is laid
/// on white.
pub(crate) fn decode(task: Task, shapes: &[Shape], file: &[u8]) -> Result<Drawn, NoPicture> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| NoPicture::Malformed)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(NoPicture::TooLarge(width, height));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    picture.apply_orientation(orientation);
    let whole = (picture.width(), picture.height());
    if task == Task::Show && whole.0.max(whole.1) > SHOWN_SIDE {
        picture = picture.thumbnail(SHOWN_SIDE, SHOWN_SIDE);
    }
    let mut opaque = on_white(picture);
    for shape in shapes {
        draw::over(&mut opaque, *shape);
    }
    let size = opaque.dimensions();
    Ok(Drawn { png: encode::opaque(opaque.width(), opaque.height(), opaque.as_raw())?, size, whole })
}

fn why(error: &ImageError) -> NoPicture {
    match error {
        ImageError::Limits(_) => NoPicture::Memory,
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_)
        | ImageError::IoError(_) => NoPicture::Malformed,
    }
}

fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let seen = picture.into_rgba8();
    let mut opaque = RgbImage::new(seen.width(), seen.height());
    for (from, to) in seen.pixels().zip(opaque.pixels_mut()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let on = |colour: u32| u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX);
        to.0 = [on(red), on(green), on(blue)];
    }
    opaque
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

    use super::{NoPicture, Shape, Task, decode};
    use crate::message::Span;

    fn noise(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbaImage::from_fn(width, height, |x, y| {
            let value = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 7;
            let [one, two, three, _] = value.to_le_bytes();
            Rgba([one | 1, two | 1, three | 1, 255])
        });
        let mut out = std::io::Cursor::new(Vec::new());
        DynamicImage::from(picture).write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    fn pixels(png: &[u8]) -> image::RgbImage {
        image::load_from_memory_with_format(png, ImageFormat::Png).unwrap().into_rgb8()
    }

    #[test]
    fn nothing_of_what_is_under_a_black_box_is_left_and_the_rest_stays_as_it_is() {
        let file = noise(120, 90);
        let was = pixels(&file);
        let span = Span { left: 80, top: 70, right: 20, bottom: 10 };
        let drawn = decode(Task::Draw, &[Shape::Black(span)], &file).unwrap();
        assert_eq!((drawn.size, drawn.whole), ((120, 90), (120, 90)));
        let is = pixels(&drawn.png);
        for (x, y, pixel) in is.enumerate_pixels() {
            let under = (20..=80).contains(&x) && (10..=70).contains(&y);
            assert_eq!(*pixel, if under { image::Rgb([0, 0, 0]) } else { *was.get_pixel(x, y) }, "{x} {y}");
        }
        let chunks = chunks(&drawn.png);
        assert!(chunks.iter().all(|kind| ["IHDR", "IDAT", "IEND"].contains(&kind.as_str())), "{chunks:?}");
    }

    fn chunks(png: &[u8]) -> Vec<String> {
        let (mut at, mut kinds) = (8, Vec::new());
        while at + 8 <= png.len() {
            let length = u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
            kinds.push(String::from_utf8_lossy(&png[at + 4..at + 8]).into_owned());
            at += 12 + length;
        }
        kinds
    }

    #[test]
    fn a_large_picture_is_made_smaller_to_look_at_only() {
        let file = noise(5_000, 100);
        assert_eq!(decode(Task::Show, &[], &file).unwrap().size, (2_480, 50));
        assert_eq!(decode(Task::Draw, &[], &file).unwrap().size, (5_000, 100));
    }

    #[test]
    fn a_size_is_judged_by_the_header() {
        let mut file = noise(4, 4);
        file[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        let crc = crc32(&file[12..29]);
        file[29..33].copy_from_slice(&crc.to_be_bytes());
        let came = decode(Task::Show, &[], &file);
        assert!(matches!(came, Err(NoPicture::TooLarge(100_000, 100_000) | NoPicture::Memory)), "{came:?}");
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |mut crc, byte| {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            }
            crc
        })
    }

    #[test]
    fn what_shows_through_is_laid_on_white() {
        let mut out = std::io::Cursor::new(Vec::new());
        let clear = RgbaImage::from_pixel(2, 2, Rgba([10, 20, 30, 0]));
        DynamicImage::from(clear).write_to(&mut out, ImageFormat::Png).unwrap();
        let drawn = decode(Task::Show, &[], out.get_ref()).unwrap();
        assert!(pixels(&drawn.png).pixels().all(|pixel| pixel.0 == [255; 3]));
    }
}
