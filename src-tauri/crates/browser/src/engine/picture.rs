//! From what the engine painted to our own PNG: opaque RGB8, not interlaced, encoded once.

/// Opaque pixels, three bytes each, row after row.
#[derive(Debug)]
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    rgb: Vec<u8>,
}

impl Pixels {
    /// Pixels that are opaque already. `None` if there are not as many as the size says, or none at all.
    pub(crate) fn of_rgb(width: u32, height: u32, rgb: Vec<u8>) -> Option<Self> {
        let expected = u64::from(width) * u64::from(height) * 3;
        (expected > 0 && expected == rgb.len() as u64).then_some(Self { width, height, rgb })
    }

    /// Encodes the rows from `top` on, `height` of them or as many as there are.
    pub(crate) fn encode_rows(&self, top: u32, height: u32) -> Result<Vec<u8>, String> {
        let height = height.min(self.height.saturating_sub(top));
        let row = self.width as usize * 3;
        let rows = &self.rgb[top as usize * row..(top + height) as usize * row];
        let mut out = Vec::with_capacity(rows.len() / 8 + 1024);
        let mut encoder = png::Encoder::new(&mut out, self.width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let fault = |error: png::EncodingError| format!("the picture could not be encoded ({error})");
        let mut writer = encoder.write_header().map_err(fault)?;
        writer.write_image_data(rows).map_err(fault)?;
        writer.finish().map_err(fault)?;
        Ok(out)
    }

    /// Grey averages of squares of `side` pixels: all that a covered page shows of itself.
    pub(crate) fn grey_squares(&self, side: u32) -> (u32, u32, Vec<u8>) {
        let (across, down) = (self.width.div_ceil(side), self.height.div_ceil(side));
        let mut squares = Vec::with_capacity((across * down) as usize);
        for top in (0..self.height).step_by(side as usize) {
            for left in (0..self.width).step_by(side as usize) {
                squares.push(self.average(left, top, side));
            }
        }
        (across, down, squares)
    }

    fn average(&self, left: u32, top: u32, side: u32) -> u8 {
        let (mut sum, mut count) = (0_u64, 0_u64);
        // Every second pixel each way is enough for an average.
        for y in (top..(top + side).min(self.height)).step_by(2) {
            let from = (y as usize * self.width as usize + left as usize) * 3;
            let to = (y as usize * self.width as usize + (left + side).min(self.width) as usize) * 3;
            for pixel in self.rgb[from..to].chunks_exact(3).step_by(2) {
                sum += (u64::from(pixel[0]) * 3 + u64::from(pixel[1]) * 6 + u64::from(pixel[2])) / 10;
                count += 1;
            }
        }
        u8::try_from(sum.checked_div(count).unwrap_or(255)).unwrap_or(255)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn rows_come_back_as_they_were() {
        let pixels = Pixels { width: 2, height: 3, rgb: (0..18).collect() };
        let png = pixels.encode_rows(1, 9).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        assert_eq!(reader.info().color_type, png::ColorType::Rgb);
        assert!(!reader.info().interlaced);
        let mut out = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut out).unwrap();
        assert_eq!(out, (6..18).collect::<Vec<u8>>());
    }

    #[test]
    fn a_covered_page_shows_only_grey_squares() {
        let mut rgb = vec![0; 64 * 32 * 3];
        rgb[..3].copy_from_slice(&[255, 255, 255]);
        let (across, down, squares) = Pixels { width: 64, height: 32, rgb }.grey_squares(32);
        assert_eq!((across, down, squares.len()), (2, 1, 2));
        assert!(squares[0] < 2 && squares[1] == 0);
    }
}
