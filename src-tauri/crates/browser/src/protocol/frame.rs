//! Frames on the pipe: four bytes of length, most significant first, then that many bytes.
//!
//! A message is one header frame of JSON, and after it as many binary frames as the header says.

use std::io::{Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::VERSION;

/// The longest frame, in bytes.
pub const LONGEST_FRAME: usize = 64 * 1024 * 1024;
/// The longest header frame, in bytes. An address of 2 MiB fits even if each byte of it is escaped.
pub const LONGEST_HEADER: usize = 16 * 1024 * 1024;
/// The most pictures in one message.
pub const MOST_PICTURES: usize = 512;
/// The most bytes of pictures in one message.
pub const MOST_PICTURE_BYTES: usize = 512 * 1024 * 1024;

/// Why a frame was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum FrameFault {
    /// The other side has ended, between two messages.
    #[error("the pipe is closed; start the evidence browser again")]
    Closed,
    /// The pipe failed, or closed inside a message.
    #[error("the pipe broke ({0}); start the evidence browser again")]
    Broken(std::io::Error),
    /// A length beyond the bound.
    #[error("a frame is longer than allowed; the other side is not to be trusted, end it")]
    TooLong,
    /// Bytes that are no message of this protocol and version.
    #[error("a message cannot be read; the other side is not to be trusted, end it")]
    Unreadable,
}

#[derive(Serialize)]
struct HeaderOut<'a, M> {
    v: u32,
    message: &'a M,
    pictures: usize,
}

#[derive(Deserialize)]
struct HeaderIn<M> {
    v: u32,
    message: M,
    pictures: usize,
}

/// Writes a message with its pictures.
///
/// # Errors
/// - If a frame would be longer than the protocol allows.
/// - If the pipe is broken.
pub fn write_message<M: Serialize>(out: &mut impl Write, message: &M, pictures: &[Vec<u8>]) -> Result<(), FrameFault> {
    let header = HeaderOut { v: VERSION, message, pictures: pictures.len() };
    let header = serde_json::to_vec(&header).map_err(|_| FrameFault::Unreadable)?;
    let bytes: usize = pictures.iter().map(Vec::len).sum();
    if header.len() > LONGEST_HEADER
        || pictures.len() > MOST_PICTURES
        || bytes > MOST_PICTURE_BYTES
        || pictures.iter().any(|picture| picture.len() > LONGEST_FRAME)
    {
        return Err(FrameFault::TooLong);
    }
    write_frame(out, &header)?;
    for picture in pictures {
        write_frame(out, picture)?;
    }
    out.flush().map_err(FrameFault::Broken)
}

/// Reads a message with its pictures.
///
/// # Errors
/// - If the other side has closed the pipe.
/// - If a length is beyond its bound, before anything is allocated for it.
/// - If the bytes are not a message of this version.
pub fn read_message<M: DeserializeOwned>(input: &mut impl Read) -> Result<(M, Vec<Vec<u8>>), FrameFault> {
    let header = read_frame(input, LONGEST_HEADER)?;
    let header: HeaderIn<M> = serde_json::from_slice(&header).map_err(|_| FrameFault::Unreadable)?;
    if header.v != VERSION {
        return Err(FrameFault::Unreadable);
    }
    if header.pictures > MOST_PICTURES {
        return Err(FrameFault::TooLong);
    }
    let mut left = MOST_PICTURE_BYTES;
    let mut pictures = Vec::with_capacity(header.pictures);
    for _ in 0..header.pictures {
        let picture = read_frame(input, LONGEST_FRAME.min(left)).map_err(inside)?;
        left -= picture.len();
        pictures.push(picture);
    }
    Ok((header.message, pictures))
}

fn write_frame(out: &mut impl Write, bytes: &[u8]) -> Result<(), FrameFault> {
    let length = u32::try_from(bytes.len()).map_err(|_| FrameFault::TooLong)?;
    out.write_all(&length.to_be_bytes()).map_err(FrameFault::Broken)?;
    out.write_all(bytes).map_err(FrameFault::Broken)
}

fn read_frame(input: &mut impl Read, longest: usize) -> Result<Vec<u8>, FrameFault> {
    let mut length = [0_u8; 4];
    let mut have = 0;
    while have < length.len() {
        match input.read(&mut length[have..]) {
            Ok(0) if have == 0 => return Err(FrameFault::Closed),
            Ok(0) => return Err(FrameFault::Broken(std::io::ErrorKind::UnexpectedEof.into())),
            Ok(more) => have += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(FrameFault::Broken(error)),
        }
    }
    let length = u32::from_be_bytes(length) as usize;
    if length > longest {
        return Err(FrameFault::TooLong);
    }
    // Grows with what really comes: a length alone takes no memory.
    let mut bytes = Vec::new();
    let read = input.take(length as u64).read_to_end(&mut bytes).map_err(FrameFault::Broken)?;
    if read < length {
        return Err(FrameFault::Broken(std::io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(bytes)
}

/// A pipe that closes between a header and its pictures is broken, not closed.
fn inside(fault: FrameFault) -> FrameFault {
    match fault {
        FrameFault::Closed => FrameFault::Broken(std::io::ErrorKind::UnexpectedEof.into()),
        FrameFault::Broken(_) | FrameFault::TooLong | FrameFault::Unreadable => fault,
    }
}
