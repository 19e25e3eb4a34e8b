//! The known page as an engine drew it, read back from its picture.

use std::time::{Duration, Instant};

use super::picture::Pixels;
use crate::known::{SIDE, SQUARES, colours};
use crate::protocol::bounded::Text;
use crate::protocol::facts::Fact;

/// How long the page may take to be painted: far less than a start may take, also where the last look takes long.
const LOOK_FOR: Duration = Duration::from_secs(2);
const BETWEEN: Duration = Duration::from_millis(25);
/// Longest wait for one answer of the engine.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// The colours of the known page from what was painted, by way of a PNG as it would be kept.
///
/// # Errors
/// - If the PNG cannot be made or decoded, or is too small to hold the known page.
pub(super) fn colours_of(pixels: &Pixels, ratio_milli: u32) -> Result<String, String> {
    let rows = u64::from(SQUARES.1 * SIDE) * u64::from(ratio_milli.max(1)) / 1000;
    let png = pixels.encode_rows(0, u32::try_from(rows).unwrap_or(u32::MAX))?;
    sample(&png, ratio_milli)
}

/// The colours in the middle of each square, as hexadecimal digits, from a PNG at so many device pixels in 1,000 CSS
/// pixels; or why they are not there.
///
/// # Errors
/// - If the picture cannot be decoded, or is too small to hold the known page.
fn sample(png: &[u8], ratio_milli: u32) -> Result<String, String> {
    let fault = |error: png::DecodingError| format!("its picture could not be read back ({error})");
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().map_err(fault)?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("its picture is too large")?];
    let frame = reader.next_frame(&mut pixels).map_err(fault)?;
    let device = |square: u32| (square * SIDE + SIDE / 2) as usize * ratio_milli.max(1) as usize / 1000;
    let (width, height) = (frame.width as usize, frame.height as usize);
    let mut colours = String::new();
    for (down, across) in (0..SQUARES.1).flat_map(|down| (0..SQUARES.0).map(move |across| (down, across))) {
        let (left, top) = (device(across), device(down));
        let pixel = (top * width + left) * 3;
        match pixels.get(pixel..pixel + 3).filter(|_| left < width && top < height) {
            Some(pixel) => colours.extend(pixel.iter().map(|byte| format!("{byte:02x}"))),
            None => return Err(format!("its picture is only {width} \u{d7} {height} pixels")),
        }
    }
    Ok(colours)
}

/// Looks at the known page until it is drawn as it should be, or for [`LOOK_FOR`]; tells its colours, or why it could not
/// be drawn. An engine may have loaded a page and not painted it yet.
pub(super) async fn read_back(
    look: impl AsyncFn() -> Result<String, String>,
    pause: impl AsyncFn(Duration),
) -> Fact<Text> {
    let begun = Instant::now();
    loop {
        let seen = look().await;
        if seen.as_ref().is_ok_and(|seen| *seen == colours()) || begun.elapsed() >= LOOK_FOR {
            return match seen {
                Ok(colours) => Fact::Observed(Text::new(&colours)),
                Err(why) => Fact::NotTold(Text::new(&why)),
            };
        }
        pause(BETWEEN).await;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    /// The known page as an engine at this ratio should draw it, with white around it.
    fn drawn(ratio: u32) -> Pixels {
        let colours = colours();
        let (width, height) = (300 * ratio, 150 * ratio);
        let mut rgb = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let (across, down) = (x / (SIDE * ratio), y / (SIDE * ratio));
                let at = (down * SQUARES.0 + across) as usize * 6;
                let inside = across < SQUARES.0 && down < SQUARES.1;
                let hex = if inside { colours[at..at + 6].to_owned() } else { "ffffff".to_owned() };
                rgb.extend((0..3).map(|byte| u8::from_str_radix(&hex[byte * 2..byte * 2 + 2], 16).unwrap()));
            }
        }
        Pixels::of_rgb(width, height, rgb).unwrap()
    }

    #[test]
    fn the_colours_come_back_from_a_picture_at_any_ratio() {
        for ratio in [1, 2] {
            assert_eq!(colours_of(&drawn(ratio), ratio * 1000).unwrap(), colours());
        }
        assert_ne!(colours_of(&drawn(2), 1000).unwrap(), colours());
    }

    #[test]
    fn a_picture_too_small_for_the_page_is_said_to_be() {
        let small = Pixels::of_rgb(100, 100, vec![0; 30_000]).unwrap();
        assert!(colours_of(&small, 1000).unwrap_err().contains("100"));
        assert!(sample(b"no picture", 1000).unwrap_err().contains("could not be read back"));
    }
}
