//! WebKitGTK paints onto a surface of cairo: from there to opaque pixels.

use gtk::cairo::{Format, ImageSurface, Surface};

use crate::engine::picture::Pixels;

impl Pixels {
    /// Lays what the engine painted onto white and drops the alpha.
    pub(crate) fn from_surface(surface: Surface) -> Result<Self, String> {
        let image = ImageSurface::try_from(surface)
            .map_err(|_| "the engine gave something that is not a picture".to_owned())?;
        if !matches!(image.format(), Format::ARgb32 | Format::Rgb24) {
            return Err("the engine gave a picture in an unknown format".to_owned());
        }
        let has_alpha = image.format() == Format::ARgb32;
        let (Ok(width), Ok(height), Ok(stride)) =
            (usize::try_from(image.width()), usize::try_from(image.height()), usize::try_from(image.stride()))
        else {
            return Err("the engine gave a picture without a size".to_owned());
        };
        if width == 0 || height == 0 {
            return Err("the engine gave an empty picture".to_owned());
        }
        image.flush();
        let mut rgb = vec![0; width * height * 3];
        image
            .with_data(|data| {
                for (from, to) in data.chunks(stride).zip(rgb.chunks_exact_mut(width * 3)) {
                    lay_row(&from[..width * 4], to, has_alpha);
                }
            })
            .map_err(|_| "the engine's picture could not be read".to_owned())?;
        let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height)) else {
            return Err("the engine gave a picture without a size".to_owned());
        };
        Self::of_rgb(width, height, rgb).ok_or_else(|| "the engine gave an empty picture".to_owned())
    }
}

/// Cairo keeps a pixel as one native word 0xAARRGGBB, colours multiplied by alpha.
fn lay_row(from: &[u8], to: &mut [u8], has_alpha: bool) {
    for (pixel, rgb) in from.chunks_exact(4).zip(to.chunks_exact_mut(3)) {
        let [b, g, r, a] = u32::from_ne_bytes([pixel[0], pixel[1], pixel[2], pixel[3]]).to_le_bytes();
        let white = if has_alpha { 255 - a } else { 0 };
        rgb[0] = r.saturating_add(white);
        rgb[1] = g.saturating_add(white);
        rgb[2] = b.saturating_add(white);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_is_laid_onto_white() {
        let words = [0xff11_2233_u32, 0x0000_0000, 0x8040_2010];
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
        let mut rgb = [0; 9];
        lay_row(&bytes, &mut rgb, true);
        assert_eq!(rgb, [0x11, 0x22, 0x33, 255, 255, 255, 0xbf, 0x9f, 0x8f]);
    }
}
