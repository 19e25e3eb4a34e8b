//! From what was painted to the views of an exhibit: cut, encoded beside the window, and answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::picture::Pixels;
use crate::mouth::Mouth;
use crate::protocol::bounded::Text;
use crate::protocol::facts::{CaptureRefusal, Layout, PageFacts, PictureFacts};
use crate::protocol::{CaptureRequest, CapturedHeader, Micros, Told};

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
                let stitched = stitched.map(|(facts, png)| {
                    pictures.push(png);
                    facts
                });
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

fn encode(shots: &[Shot], layout: &Layout) -> Result<(Vec<Picture>, Option<Picture>), String> {
    let stitched = match shots {
        [shot] if shot.cut_each.is_some_and(|each| each < shot.pixels.height) => Some(shot),
        _ => None,
    };
    std::thread::scope(|scope| {
        let beside = stitched.map(|shot| scope.spawn(move || cut(shot, 0, shot.pixels.height, layout)));
        let mut views = Vec::new();
        for shot in shots {
            let each = shot.cut_each.unwrap_or(shot.pixels.height).max(1);
            let mut top = 0;
            while top < shot.pixels.height {
                views.push(cut(shot, top, each, layout)?);
                top += each;
            }
        }
        let stitched = match beside {
            Some(thread) => Some(thread.join().map_err(|_| "the picture could not be put together".to_owned())??),
            None => None,
        };
        Ok((views, stitched))
    })
}

fn cut(shot: &Shot, top: u32, height: u32, layout: &Layout) -> Result<Picture, String> {
    let png = shot.pixels.encode_rows(top, height)?;
    let css_top = u64::from(top) * 1000 / u64::from(layout.ratio_milli.max(1));
    let facts = PictureFacts {
        bytes: u32::try_from(png.len()).map_err(|_| "the picture is too large".to_owned())?,
        width: shot.pixels.width,
        height: height.min(shot.pixels.height - top),
        scroll_x: layout.scroll_x,
        scroll_y: shot.scroll_y + u32::try_from(css_top).unwrap_or(u32::MAX),
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

/// Device pixels of so many CSS pixels.
pub(super) fn device(css: u32, layout: &Layout) -> u64 {
    u64::from(css) * u64::from(layout.ratio_milli.max(1)) / 1000
}
