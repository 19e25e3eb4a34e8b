//! Pictures as large as real captures: a made-up page with lines of text, plain panels and a noisy photograph.

use std::path::{Path, PathBuf};

pub(super) const WIDTH: usize = 1920;
pub(super) const HEIGHT: usize = 1080;

/// Writes so many pictures of about 1 MB into a folder, each different, and gives their paths.
pub(super) fn write(folder: &Path, count: usize) -> Result<Vec<PathBuf>, String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = Vec::with_capacity(count);
    for number in 0..count {
        let path = folder.join(format!("capture-{number:03}.png"));
        std::fs::write(&path, encoded(number)?).map_err(|error| format!("{}: {error}", path.display()))?;
        paths.push(path);
    }
    Ok(paths)
}

/// The pixels of a PNG file, eight bits for each of red, green and blue.
pub(super) fn pixels_of(path: &Path) -> Result<Vec<u8>, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let file = std::fs::File::open(path).map_err(|error| wrong(&error))?;
    let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().map_err(|error| wrong(&error))?;
    let size = reader.output_buffer_size().ok_or_else(|| wrong(&"too large"))?;
    let mut pixels = vec![0; size];
    let info = reader.next_frame(&mut pixels).map_err(|error| wrong(&error))?;
    pixels.truncate(info.buffer_size());
    Ok(pixels)
}

fn encoded(number: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, WIDTH as u32, HEIGHT as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(&drawn(number)).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(out)
}

fn drawn(number: usize) -> Vec<u8> {
    let mut dice = Dice(number as u64 * 2 + 1);
    let mut pixels = vec![250; WIDTH * HEIGHT * 3];
    let mut set = |x: usize, y: usize, colour: [u8; 3]| {
        let at = (y * WIDTH + x) * 3;
        pixels[at..at + 3].copy_from_slice(&colour);
    };
    // A band over the whole width, whose colour runs from one shade to another.
    for y in 0..90 {
        for x in 0..WIDTH {
            set(x, y, [(20 + x / 20) as u8, (90 + number % 60) as u8, (120 + y) as u8]);
        }
    }
    // Lines of letters: blocks of dark dots with blanks between words.
    for line in 0..40 {
        let top = 120 + line * 23;
        for letter in 0..95 {
            if dice.next().is_multiple_of(6) {
                continue;
            }
            let shape = dice.next();
            for dot in 0..48 {
                if shape >> dot & 1 == 1 {
                    set(30 + letter * 9 + dot % 6, top + dot / 6 * 2, [40, 40, 48]);
                    set(30 + letter * 9 + dot % 6, top + dot / 6 * 2 + 1, [90, 90, 96]);
                }
            }
        }
    }
    // A photograph: slow changes of colour with the noise of a sensor.
    for y in 140..740 {
        for x in 940..1880 {
            let noise = dice.next();
            let base = [(x / 9 + number) as u8 % 200, (y / 5) as u8, ((x + y) / 14) as u8];
            set(x, y, [0, 8, 16].map(|shift| base[shift / 8].saturating_add((noise >> (shift + 20) & 7) as u8)));
        }
    }
    pixels
}

/// Numbers without a pattern, the same for the same picture.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
