//! From what was painted to the views of an exhibit: cut, encoded beside the window, and answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::picture::Pixels;
use crate::mouth::Mouth;
use crate::protocol::bounded::Text;
use crate::protocol::facts::{CaptureRefusal, Layout, PageFacts, PictureFacts};
use crate::protocol::{CaptureRequest, CapturedHeader, Micros, Told};

/// Rows of the tallest picture that is put together: engines do not show a taller one.
const TALLEST_PICTURE: u64 = 32_767;

/// The most views of one page.
pub(super) const MOST_VIEWS: u32 = 400;

/// Pixels that become one or more views.
pub(super) struct Shot {
    pub(super) pixels: Pixels,
    pub(super) taken_at: Micros,
    pub(super) scroll_y: u32,
    /// Rows of one view in picture pixels; `None` for a shot that is one view.
    pub(super) cut_each: Option<u32>,
}

/// Encodes beside the window, on two threads, and answers.
pub(super) fn hand_over(
    mouth: &Mouth,
    capturing: &Arc<AtomicBool>,
    request: CaptureRequest,
    shots: Vec<Shot>,
    facts: PageFacts,
) {
    let (speaking, taken) = (mouth.clone(), Arc::clone(capturing));
    let work = move || {
        let answer = encode(&shots, &facts.layout);
        // The pixels are of no more use, and are gone before the answer is.
        drop(shots);
        taken.store(false, Ordering::Release);
        match answer {
            Ok((mut views, stitched)) => {
                let mut pictures: Vec<Vec<u8>> = views.iter_mut().map(|view| std::mem::take(&mut view.1)).collect();
                let views = views.into_iter().map(|view| view.0).collect();
                let keep = |(facts, png)| {
                    pictures.push(png);
                    facts
                };
                let stitched = stitched.into_iter().map(keep).collect();
                let header = CapturedHeader { id: request.id, what: request.what, views, stitched, page: facts };
                speaking.answer(Told::Captured(Box::new(header)), pictures);
            }
            Err(why) => speaking.answer(
                Told::CaptureRefused { id: request.id, why: CaptureRefusal::Engine(Text::new(&why)) },
                Vec::new(),
            ),
        }
    };
    if std::thread::Builder::new().name("capture".into()).spawn(work).is_err() {
        capturing.store(false, Ordering::Release);
        refuse(mouth, request.id, CaptureRefusal::Engine(Text::new("no thread could be started")));
    }
}

type Picture = (PictureFacts, Vec<u8>);

/// The views, and beside them the pictures of more than one.
fn encode(shots: &[Shot], layout: &Layout) -> Result<(Vec<Picture>, Vec<Picture>), String> {
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| stitched(shots, layout));
        let mut views = Vec::new();
        for shot in shots {
            let each = shot.cut_each.unwrap_or(shot.pixels.height).max(1);
            let mut top = 0;
            while top < shot.pixels.height {
                views.push(cut(shot, top, each, layout)?);
                top += each;
            }
        }
        let stitched = beside.join().map_err(|_| "the picture could not be put together".to_owned())??;
        Ok((views, stitched))
    })
}

/// The whole page as one picture, or as a few where it is too tall for one. None where it is one view.
fn stitched(shots: &[Shot], layout: &Layout) -> Result<Vec<Picture>, String> {
    match shots {
        [] => Ok(Vec::new()),
        [shot] if shot.cut_each.is_some_and(|each| each < shot.pixels.height) => {
            Ok(vec![cut(shot, 0, shot.pixels.height, layout)?])
        }
        [_] => Ok(Vec::new()),
        _ => tiles(shots, layout).into_iter().map(|tile| joined(&tile, layout)).collect(),
    }
}

/// A view in a tile, and how many of its first rows the view before has already.
type Part<'a> = (&'a Shot, u32);

/// Views one below the other, cut only between two of them. The last view of a page begins where the one before has not
/// ended yet.
fn tiles<'a>(shots: &'a [Shot], layout: &Layout) -> Vec<Vec<Part<'a>>> {
    let mut tiles: Vec<Vec<Part<'a>>> = Vec::new();
    let (mut rows, mut bottom) = (0, 0_u64);
    for shot in shots {
        let top = device(shot.scroll_y, layout);
        let again = u32::try_from(bottom.saturating_sub(top)).unwrap_or(u32::MAX).min(shot.pixels.height);
        let new = u64::from(shot.pixels.height - again);
        match tiles.last_mut().filter(|_| rows + new <= TALLEST_PICTURE) {
            Some(tile) => {
                tile.push((shot, again));
                rows += new;
            }
            None => {
                tiles.push(vec![(shot, again)]);
                rows = new;
            }
        }
        bottom = top + u64::from(shot.pixels.height);
    }
    tiles
}

fn joined(tile: &[Part<'_>], layout: &Layout) -> Result<Picture, String> {
    let Some((first, again)) = tile.first() else { return Err("there is nothing to put together".to_owned()) };
    let parts: Vec<(&Pixels, u32)> = tile.iter().map(|(shot, again)| (&shot.pixels, *again)).collect();
    let pixels = Pixels::below_each_other(&parts).ok_or("the views are not of one width")?;
    let top = first.scroll_y + css(*again, layout);
    let height = pixels.height;
    let whole = Shot { pixels, taken_at: first.taken_at, scroll_y: top, cut_each: None };
    cut(&whole, 0, height, layout)
}

fn cut(shot: &Shot, top: u32, height: u32, layout: &Layout) -> Result<Picture, String> {
    let png = shot.pixels.encode_rows(top, height)?;
    let facts = PictureFacts {
        bytes: u32::try_from(png.len()).map_err(|_| "the picture is too large".to_owned())?,
        width: shot.pixels.width,
        height: height.min(shot.pixels.height - top),
        scroll_x: layout.scroll_x,
        scroll_y: shot.scroll_y + css(top, layout),
        taken_at: shot.taken_at,
    };
    Ok((facts, png))
}

pub(super) fn refuse(mouth: &Mouth, id: u64, why: CaptureRefusal) {
    let mouth = mouth.clone();
    // An answer waits for room on the pipe; the window must not.
    let work = move || mouth.answer(Told::CaptureRefused { id, why }, Vec::new());
    // Without a thread the request stays unanswered and the client's deadline speaks.
    let _ = std::thread::Builder::new().name("refusal".into()).spawn(work);
}

/// CSS pixels of so many device pixels.
fn css(device: u32, layout: &Layout) -> u32 {
    u32::try_from(u64::from(device) * 1000 / u64::from(layout.ratio_milli.max(1))).unwrap_or(u32::MAX)
}

/// Device pixels of so many CSS pixels.
pub(super) fn device(css: u32, layout: &Layout) -> u64 {
    u64::from(css) * u64::from(layout.ratio_milli.max(1)) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shot(scroll_y: u32, height: u32, grey: u8) -> Shot {
        let rgb = vec![grey; (2 * height * 3) as usize];
        let pixels = Pixels::of_rgb(2, height, rgb).unwrap_or_else(|| unreachable!("there are as many as it says"));
        Shot { pixels, taken_at: 0, scroll_y, cut_each: None }
    }

    #[test]
    fn a_page_too_tall_for_one_picture_is_put_together_in_tiles_without_a_row_twice() {
        let layout = Layout { width: 2, height: 15_000, scroll_height: 50_000, ratio_milli: 1000, ..Layout::default() };
        let shots = [shot(0, 15_000, 1), shot(15_000, 15_000, 2), shot(30_000, 15_000, 3), shot(35_000, 15_000, 4)];
        let (views, stitched) = encode(&shots, &layout).unwrap_or_default();
        assert_eq!(views.len(), 4);
        let of = |picture: &Picture| (picture.0.scroll_y, picture.0.height);
        assert_eq!(stitched.iter().map(of).collect::<Vec<_>>(), [(0, 30_000), (30_000, 20_000)]);
        let total: u32 = stitched.iter().map(|picture| picture.0.height).sum();
        assert_eq!(total, layout.scroll_height);
    }

    #[test]
    fn one_view_is_not_put_together() {
        let (views, stitched) = encode(&[shot(0, 40, 1)], &Layout::default()).unwrap_or_default();
        assert_eq!((views.len(), stitched.len()), (1, 0));
    }
}
