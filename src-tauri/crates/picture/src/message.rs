//! What is said to the process that decodes, and what it answers. Numbers are little-endian.

use zeroize::Zeroizing;

/// Bytes that a decoded picture may have at most as PNG.
pub const LARGEST_ANSWER: u64 = 256 * 1024 * 1024;

/// Shapes that may be drawn at most on one picture.
pub const MOST_SHAPES: usize = 200;

/// The highest number that is drawn: two digits.
pub const HIGHEST_NUMBER: u8 = 99;

/// A corner of a picture and another, in its pixels from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Across, of the first corner.
    pub left: u32,
    /// Down, of the first corner.
    pub top: u32,
    /// Across, of the second corner.
    pub right: u32,
    /// Down, of the second corner.
    pub bottom: u32,
}

/// What is drawn over a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A black box: nothing of what was under it is left.
    Black(Span),
    /// A frame that points something out.
    Frame(Span),
    /// An arrow from the first corner to the second.
    Arrow(Span),
    /// A frame with a number at it, 1 to [`HIGHEST_NUMBER`].
    Numbered(Span, u8),
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// A picture to look at: at most [`crate::message::SHOWN_SIDE`] pixels on its longer side.
    Show,
    /// The picture with shapes over it, pixel for pixel.
    Draw,
}

/// Pixels on the longer side of a picture to look at.
pub const SHOWN_SIDE: u32 = 2_480;

/// What the process answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Opaque RGB8 non-interlaced PNG, with nothing in it but pixels.
    pub png: Zeroizing<Vec<u8>>,
    /// Width and height of the PNG in pixels.
    pub size: (u32, u32),
    /// Width and height that the file itself has, in pixels, as it is to be held.
    pub whole: (u32, u32),
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    /// The file declares more pixels than are decoded.
    #[error("it declares {0} by {1} pixels, which is more than is decoded here")]
    TooLarge(u32, u32),
    /// The bytes do not make a picture.
    #[error("it is damaged, or not a picture of its kind")]
    Malformed,
    /// Decoding takes more memory than it may have.
    #[error("decoding it takes more memory than it may have")]
    Memory,
    /// Decoding takes longer than it may.
    #[error("decoding it takes longer than it may")]
    Late,
    /// HALT came, or the session ended.
    #[error("it was stopped")]
    Stopped,
    /// The process that decodes could not be started or does not answer.
    #[error("the part that decodes pictures could not be run ({0})")]
    NotRun(String),
}

/// What is said to the process: the task, the shapes, then the file.
///
/// # Errors
/// - If there are more than [`MOST_SHAPES`]: a box that is left out would show what it was to cover.
pub fn ask(task: Task, shapes: &[Shape]) -> Result<Vec<u8>, NoPicture> {
    let number = shapes.len();
    let too_many = || NoPicture::NotRun(format!("it draws at most {MOST_SHAPES} shapes, not {number}"));
    let count = u8::try_from(number).ok().filter(|_| number <= MOST_SHAPES).ok_or_else(too_many)?;
    let mut said = vec![match task {
        Task::Show => 0,
        Task::Draw => 1,
    }];
    said.push(count);
    for shape in shapes {
        let (kind, span, number) = match shape {
            Shape::Black(span) => (0, span, None),
            Shape::Frame(span) => (1, span, None),
            Shape::Arrow(span) => (2, span, None),
            Shape::Numbered(span, number) => (3, span, Some(*number)),
        };
        said.push(kind);
        for side in [span.left, span.top, span.right, span.bottom] {
            said.extend(side.to_le_bytes());
        }
        said.extend(number);
    }
    Ok(said)
}

/// Reads what was asked; the file is what is left.
pub(crate) fn heard(said: &[u8]) -> Option<(Task, Vec<Shape>, &[u8])> {
    let (&task, said) = said.split_first()?;
    let task = match task {
        0 => Task::Show,
        1 => Task::Draw,
        _ => return None,
    };
    let (&count, mut said) = said.split_first().filter(|(count, _)| usize::from(**count) <= MOST_SHAPES)?;
    let mut shapes = Vec::new();
    for _ in 0..count {
        let (&kind, rest) = said.split_first()?;
        let (numbers, rest) = rest.split_at_checked(16)?;
        let span = Span {
            left: number(numbers, 0)?,
            top: number(numbers, 4)?,
            right: number(numbers, 8)?,
            bottom: number(numbers, 12)?,
        };
        let (shape, rest) = match kind {
            0 => (Shape::Black(span), rest),
            1 => (Shape::Frame(span), rest),
            2 => (Shape::Arrow(span), rest),
            3 => {
                let (&number, rest) =
                    rest.split_first().filter(|(number, _)| (1..=HIGHEST_NUMBER).contains(*number))?;
                (Shape::Numbered(span, number), rest)
            }
            _ => return None,
        };
        shapes.push(shape);
        said = rest;
    }
    Some((task, shapes, said))
}

/// What the process answers.
pub(crate) fn tell(came: &Result<Drawn, NoPicture>) -> Vec<u8> {
    let line = |code: u8, numbers: &[u32]| {
        let mut line = vec![code];
        numbers.iter().for_each(|number| line.extend(number.to_le_bytes()));
        line
    };
    match came {
        Ok(drawn) => {
            let mut told = line(0, &[drawn.size.0, drawn.size.1, drawn.whole.0, drawn.whole.1]);
            told.extend_from_slice(&drawn.png);
            told
        }
        Err(NoPicture::TooLarge(width, height)) => line(1, &[*width, *height]),
        Err(NoPicture::Malformed) => line(2, &[]),
        Err(NoPicture::Memory) => line(3, &[]),
        Err(NoPicture::Late | NoPicture::Stopped | NoPicture::NotRun(_)) => line(4, &[]),
    }
}

/// Reads the answer. A process that died without one has told nothing: whoever ran it knows why.
///
/// # Errors
/// - If the process says that there is no picture, or its answer cannot be read or ends before the picture does.
pub fn told(answer: &[u8]) -> Result<Drawn, NoPicture> {
    let garbled = || NoPicture::NotRun("its answer cannot be read".to_owned());
    let (&code, rest) = answer.split_first().ok_or_else(garbled)?;
    match code {
        0 => {
            let (numbers, png) = rest.split_at_checked(16).ok_or_else(garbled)?;
            if !is_whole(png) {
                return Err(NoPicture::NotRun("its picture is not whole".to_owned()));
            }
            let pair = |at| Some((number(numbers, at)?, number(numbers, at + 4)?));
            let (size, whole) = pair(0).zip(pair(8)).ok_or_else(garbled)?;
            Ok(Drawn { png: Zeroizing::new(png.to_vec()), size, whole })
        }
        1 => Err(number(rest, 0).zip(number(rest, 4)).map_or_else(garbled, |(w, h)| NoPicture::TooLarge(w, h))),
        2 => Err(NoPicture::Malformed),
        3 => Err(NoPicture::Memory),
        _ => Err(garbled()),
    }
}

/// Whether these bytes are a PNG from its signature to the end of its last chunk, and nothing after it (PNG, Third
/// Edition, s5.3).
fn is_whole(png: &[u8]) -> bool {
    let Some(mut rest) = png.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return false };
    loop {
        let Some((head, after)) = rest.split_at_checked(8) else { return false };
        let length = head.first_chunk().map_or(0, |length| u32::from_be_bytes(*length));
        // The chunk's bytes, then four of its check.
        let chunk = usize::try_from(length).ok().and_then(|length| length.checked_add(4));
        let Some((_, after)) = chunk.and_then(|chunk| after.split_at_checked(chunk)) else { return false };
        if &head[4..] == b"IEND" {
            return after.is_empty();
        }
        rest = after;
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use zeroize::Zeroizing;

    use super::{Drawn, MOST_SHAPES, NoPicture, Shape, Span, Task, ask, heard, tell, told};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x02IDATxy1234\0\0\0\0IEND\xae\x42\x60\x82";

    #[test]
    fn what_is_said_is_what_is_heard() {
        let span = Span { left: 1, top: 2, right: 300_000, bottom: u32::MAX };
        let shapes = [Shape::Black(span), Shape::Frame(span), Shape::Arrow(span), Shape::Numbered(span, 99)];
        let said = [ask(Task::Draw, &shapes).unwrap(), b"file".to_vec()].concat();
        assert_eq!(heard(&said), Some((Task::Draw, shapes.to_vec(), &b"file"[..])));
        for cut in 0..said.len() - 4 {
            assert_eq!(heard(&said[..cut]), None, "{cut}");
        }
        for number in [0, 100] {
            assert_eq!(heard(&ask(Task::Draw, &[Shape::Numbered(span, number)]).unwrap()), None, "{number}");
        }
        for came in [
            Ok(Drawn { png: Zeroizing::new(PNG.to_vec()), size: (1, 2), whole: (3, 4) }),
            Err(NoPicture::TooLarge(5, 6)),
            Err(NoPicture::Malformed),
            Err(NoPicture::Memory),
        ] {
            assert_eq!(told(&tell(&came)), came);
        }
        assert!(matches!(told(&[]), Err(NoPicture::NotRun(_))) && matches!(told(&[0, 1]), Err(NoPicture::NotRun(_))));
    }

    #[test]
    fn more_shapes_than_are_drawn_are_refused_and_none_is_left_out() {
        let span = Span { left: 1, top: 2, right: 3, bottom: 4 };
        let most = vec![Shape::Black(span); MOST_SHAPES];
        let said = ask(Task::Draw, &most).unwrap();
        assert_eq!(heard(&said).unwrap().1.len(), MOST_SHAPES);
        for more in [1, 55, 56, 300] {
            let shapes = vec![Shape::Black(span); MOST_SHAPES + more];
            assert!(matches!(ask(Task::Draw, &shapes), Err(NoPicture::NotRun(_))), "{more} more");
        }
        let mut forged = said;
        forged[1] += 1;
        forged.extend([0; 17]);
        assert_eq!(heard(&forged), None);
    }

    #[test]
    fn a_picture_that_is_cut_or_goes_on_is_not_taken() {
        let answer = |png: &[u8]| tell(&Ok(Drawn { png: Zeroizing::new(png.to_vec()), size: (1, 2), whole: (3, 4) }));
        for cut in 0..PNG.len() {
            assert!(matches!(told(&answer(&PNG[..cut])), Err(NoPicture::NotRun(_))), "{cut}");
        }
        assert!(matches!(told(&answer(&[PNG, b"x"].concat())), Err(NoPicture::NotRun(_))));
        assert!(told(&answer(PNG)).is_ok());
    }
}
