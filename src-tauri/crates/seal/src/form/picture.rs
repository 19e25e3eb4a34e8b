//! Pictures pixel for pixel: the compressed data of a PNG goes into the document as it is.

use super::paper::Pen;
use super::structure::Place;

/// Why a picture cannot be bound as it is.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PictureError {
    /// Not a PNG file.
    #[error("It is not a PNG file.")]
    NotPng,
    /// The file ends too early or its parts do not fit.
    #[error("The PNG file is damaged.")]
    Damaged,
    /// Another kind of PNG than captures are made of.
    #[error("Only opaque PNG files with 8 bits for red, green and blue and without interlacing are bound.")]
    OtherKind,
    /// The bytes are not the bytes that the exhibit names.
    #[error("Its SHA-256 is not the one on record. The file is not the one that was captured.")]
    OtherFile,
    /// It has no pixels, or more than a page can show.
    #[error("Its width or height is not between 1 and 100,000 pixels.")]
    Size,
}

/// An opaque RGB picture with its compressed data untouched.
#[derive(Clone, Debug)]
pub(super) struct Picture<'a> {
    pub(super) width: u32,
    pub(super) height: u32,
    /// The parts of the compressed data, in order.
    pub(super) data: Vec<&'a [u8]>,
    pub(super) bytes: u64,
}

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n'];

impl<'a> Picture<'a> {
    /// Reads the outline of a PNG file and finds its compressed data.
    pub(super) fn read(file: &'a [u8]) -> Result<Self, PictureError> {
        let mut rest = file.strip_prefix(&SIGNATURE).ok_or(PictureError::NotPng)?;
        let mut size = None;
        let mut data = Vec::new();
        let mut ended = false;
        while !ended {
            let (head, after) = rest.split_at_checked(8).ok_or(PictureError::Damaged)?;
            let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
            let kind = [head[4], head[5], head[6], head[7]];
            let (body, after) = after.split_at_checked(length).ok_or(PictureError::Damaged)?;
            let (_checksum, after) = after.split_at_checked(4).ok_or(PictureError::Damaged)?;
            match &kind {
                b"IHDR" => size = Some(header(body)?),
                b"IDAT" => data.push(body),
                b"IEND" => ended = true,
                // A colour that stands for transparency would print as a colour.
                b"tRNS" => return Err(PictureError::OtherKind),
                _other => {}
            }
            rest = after;
        }
        let (width, height) = size.ok_or(PictureError::Damaged)?;
        if data.is_empty() {
            return Err(PictureError::Damaged);
        }
        Ok(Self { width, height, data, bytes: file.len() as u64 })
    }

    /// Height of the picture at a width.
    pub(super) fn height_at(&self, width: f32) -> f32 {
        width * self.height as f32 / self.width as f32
    }
}

fn header(body: &[u8]) -> Result<(u32, u32), PictureError> {
    let body: &[u8; 13] = body.try_into().map_err(|_| PictureError::Damaged)?;
    let width = u32::from_be_bytes([body[0], body[1], body[2], body[3]]);
    let height = u32::from_be_bytes([body[4], body[5], body[6], body[7]]);
    // Depth 8, colour type 2 (red, green, blue), no interlacing.
    if body[8] != 8 || body[9] != 2 || body[12] != 0 {
        return Err(PictureError::OtherKind);
    }
    if !(1..=100_000).contains(&width) || !(1..=100_000).contains(&height) {
        return Err(PictureError::Size);
    }
    Ok((width, height))
}

/// A picture that stands on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// Place of the picture among the pictures of the document.
    pub(super) number: usize,
}

/// What a document can place besides words.
pub(super) trait Placeable {
    /// The picture to place, by its number.
    fn number(&self) -> usize;
}

impl Placeable for Placed {
    fn number(&self) -> usize {
        self.number
    }
}

impl Placeable for super::paper::WordsOnly {
    fn number(&self) -> usize {
        match *self {}
    }
}

/// The frame of a picture, half a millimetre of white inside it.
pub(super) fn framed(x: f32, y: f32, w: f32, h: f32) -> (Place, Place, Pen) {
    let frame = Place { x, y, w, h };
    let inner = Place { x: x + 0.5, y: y + 0.5, w: w - 1.0, h: h - 1.0 };
    (frame, inner, super::paper::pen(super::grid::rule::INK))
}
