//! Pictures made for the test: whole ones, cut ones, bombs, wrong kinds, animations.

use std::io::Write;

/// Every one, by a name.
pub(crate) fn all() -> Vec<(String, Vec<u8>)> {
    let whole = noise_png(160, 120);
    let mut all = vec![
        ("whole".to_owned(), whole.clone()),
        ("nothing".to_owned(), Vec::new()),
        ("text".to_owned(), b"only words".to_vec()),
        ("PNG that goes on as JPEG".to_owned(), [&whole[..8], &b"\xff\xd8\xff\xe0\0\x10JFIF\0"[..]].concat()),
        ("PNG with text of 200 MB in it".to_owned(), text_bomb()),
        ("animation".to_owned(), animation(500)),
        ("GIF without a frame".to_owned(), [&b"GIF89a"[..], &[4, 0, 4, 0, 0, 0, 0, 0x3b]].concat()),
        ("TIFF that leads to itself".to_owned(), tiff_circle()),
    ];
    for cut in (1..whole.len()).step_by(whole.len() / 40) {
        all.push((format!("cut at {cut}"), whole[..cut].to_vec()));
    }
    let mut seed = 7_u32;
    for number in 0..80 {
        let mut bad = whole.clone();
        for _ in 0..1 + number % 7 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = seed as usize % bad.len();
            bad[at] ^= 1 << (seed >> 29);
        }
        all.push((format!("with bits turned, {number}"), bad));
    }
    for (width, height) in [(100_000, 100_000), (u32::MAX >> 1, 1), (1, u32::MAX >> 1), (60_000, 60_000), (0, 0)] {
        all.push((format!("PNG that declares {width} by {height}"), declared_png(width, height)));
        all.push((format!("BMP that declares {width} by {height}"), declared_bmp(width, height)));
        all.push((format!("TIFF that declares {width} by {height}"), declared_tiff(width, height)));
    }
    all.push(("JPEG that declares 65,535 by 65,535".to_owned(), declared_jpeg()));
    all.push(("WebP that declares 16,384 by 16,384".to_owned(), declared_webp()));
    all.push((
        "GIF that declares 65,535 by 65,535".to_owned(),
        b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\0;".to_vec(),
    ));
    all.extend(hungry());
    all
}

/// Small files that come to very many pixels.
pub(crate) fn hungry() -> Vec<(String, Vec<u8>)> {
    vec![
        ("7,000 by 7,000 of one colour".to_owned(), flat_png(7_000, 7_000, 2)),
        ("7,000 by 7,000 with 16 bits and a fourth channel".to_owned(), flat_png_deep(7_000, 7_000)),
    ]
}

/// A picture of noise.
pub(crate) fn noise_png(width: u32, height: u32) -> Vec<u8> {
    let pixel = |place: u32| (place.wrapping_mul(2_654_435_761) >> 11).to_le_bytes()[0] | 1;
    encoded(width, height, &(0..width * height * 3).map(pixel).collect::<Vec<u8>>())
}

fn encoded(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(pixels).unwrap();
    writer.finish().unwrap();
    out
}

/// The pixels of an RGB8 PNG.
pub(crate) fn pixels(file: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels
}

pub(crate) fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in kind.iter().chain(data) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], kind, data, &(!crc).to_be_bytes()].concat()
}

fn png_of(width: u32, height: u32, depth: u8, colour: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    out.extend(chunk(b"IHDR", &header));
    chunks.iter().for_each(|chunk| out.extend(chunk));
    out.extend(chunk(b"IEND", &[]));
    out
}

fn deflated(zeros: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let block = vec![0; 1 << 20];
    let mut left = zeros;
    while left > 0 {
        let now = left.min(block.len());
        encoder.write_all(&block[..now]).unwrap();
        left -= now;
    }
    encoder.finish().unwrap()
}

fn flat_png(width: u32, height: u32, colour: u8) -> Vec<u8> {
    let bytes = (width as usize * 3 + 1) * height as usize;
    png_of(width, height, 8, colour, &[chunk(b"IDAT", &deflated(bytes))])
}

fn flat_png_deep(width: u32, height: u32) -> Vec<u8> {
    let bytes = (width as usize * 8 + 1) * height as usize;
    png_of(width, height, 16, 6, &[chunk(b"IDAT", &deflated(bytes))])
}

fn declared_png(width: u32, height: u32) -> Vec<u8> {
    png_of(width, height, 8, 2, &[chunk(b"IDAT", &deflated(1_000))])
}

fn text_bomb() -> Vec<u8> {
    let text = [&b"Comment\0\0"[..], &deflated(200 << 20)].concat();
    png_of(4, 4, 8, 2, &[chunk(b"zTXt", &text), chunk(b"IDAT", &deflated(13 * 4))])
}

fn animation(frames: u32) -> Vec<u8> {
    let mut gif = b"GIF89a\x40\0\x40\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    for _ in 0..frames {
        // A frame of the whole size whose data ends at once.
        gif.extend(b"\x21\xf9\x04\0\x0a\0\0\0,\0\0\0\0\x40\0\x40\0\0\x02\x02\x44\x01\0");
    }
    gif.push(0x3b);
    gif
}

fn declared_bmp(width: u32, height: u32) -> Vec<u8> {
    let mut bmp = b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    bmp.extend(width.to_le_bytes());
    bmp.extend(height.to_le_bytes());
    bmp.extend(b"\x01\0\x18\0\0\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    bmp.extend([7; 16]);
    bmp
}

fn declared_tiff(width: u32, height: u32) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x06\0".to_vec();
    for (tag, value) in [(256_u16, width), (257, height), (258, 8), (262, 1), (273, 8), (279, 16)] {
        tiff.extend(tag.to_le_bytes());
        tiff.extend(4_u16.to_le_bytes());
        tiff.extend(1_u32.to_le_bytes());
        tiff.extend(value.to_le_bytes());
    }
    tiff.extend(0_u32.to_le_bytes());
    tiff
}

/// A directory of entries whose next directory is itself.
fn tiff_circle() -> Vec<u8> {
    let mut tiff = declared_tiff(4, 4);
    let end = tiff.len() - 4;
    tiff[end..].copy_from_slice(&8_u32.to_le_bytes());
    tiff
}

fn declared_jpeg() -> Vec<u8> {
    let mut jpeg = b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\x01\x03\x11\x01".to_vec();
    jpeg.extend(b"\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11\0\x3f\0\0\0\xff\xd9");
    jpeg
}

fn declared_webp() -> Vec<u8> {
    b"RIFF\x20\0\0\0WEBPVP8L\x14\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec()
}
