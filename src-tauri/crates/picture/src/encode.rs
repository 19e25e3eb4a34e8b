//! Our own PNG of pixels that are there already: opaque RGB8, not interlaced, and nothing but pixels.

use zeroize::Zeroizing;

use crate::message::NoPicture;

/// Encodes pixels, three bytes each, row after row. No text, time, profile or thumbnail goes with them.
///
/// # Errors
/// - If there are no pixels, or not as many as the size says.
/// - If they cannot be encoded.
pub fn opaque(width: u32, height: u32, rgb: &[u8]) -> Result<Zeroizing<Vec<u8>>, NoPicture> {
    let failed = |error: png::EncodingError| NoPicture::NotRun(error.to_string());
    let expected = u64::from(width) * u64::from(height) * 3;
    if expected == 0 || u64::try_from(rgb.len()) != Ok(expected) {
        return Err(NoPicture::Malformed);
    }
    let mut out = Zeroizing::new(Vec::new());
    let mut encoder = png::Encoder::new(&mut *out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(rgb).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::opaque;

    #[test]
    fn pixels_that_are_not_as_many_as_the_size_says_make_no_picture() {
        assert!(opaque(2, 1, &[0; 6]).is_ok());
        for (width, height, bytes) in [(2, 1, 5), (2, 1, 7), (0, 1, 0), (1, 0, 0)] {
            assert!(opaque(width, height, &vec![0; bytes]).is_err(), "{width} by {height} of {bytes} bytes");
        }
    }
}
