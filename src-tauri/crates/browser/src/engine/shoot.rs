//! From a page in an engine to the shots of it: what may be taken, and that it is of one page as it stands.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::coverage::Coverage;
use super::picture::Pixels;
use super::views::{MOST_VIEWS, Shot, device, hand_over, refuse};
use crate::mouth::Mouth;
use crate::protocol::bounded::Text;
use crate::protocol::facts::{CaptureRefusal, Layout, PageFacts};
use crate::protocol::{CaptureKind, CaptureRequest, Micros};

/// How long a view is given to be painted after a scroll.
pub(super) const PAINT: Duration = Duration::from_millis(120);

/// What is painted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Region {
    Visible,
    /// All of the page.
    Whole,
}

/// A page that an engine shows, as far as pictures of it need.
pub(super) trait Sitter {
    /// Device pixels of height up to which the engine paints a page in one piece.
    const TALLEST_SURFACE: u64;

    /// Whether the window holds a page from outside.
    fn has_page(&self) -> bool;

    /// How the page stands at this moment. `None` if its process does not answer.
    async fn stands(&self) -> Option<Layout>;

    /// How many pictures are still to come, and how many elements stand still in the window. `None` if it does not tell.
    async fn state(&self) -> Option<(u32, u32)>;

    /// Paints a page that stands so, and says when.
    async fn paint(&self, region: Region, layout: &Layout) -> Result<(Pixels, Micros), CaptureRefusal>;

    /// Scrolls to this row in CSS pixels, and waits for [`PAINT`].
    async fn scroll_to(&self, top: u32);

    /// Which rows of it have been in view.
    fn coverage(&self) -> &RefCell<Coverage>;

    /// How it stood at the latest look.
    fn layout(&self) -> &Cell<Layout>;

    /// Grows with every load.
    fn generation(&self) -> u64;

    /// Whether a load is being held, so that the engine names its address in the place of the page's.
    fn is_held(&self) -> bool;

    /// Whom the pictures are told.
    fn mouth(&self) -> &Mouth;

    /// Whether pictures are being made.
    fn capturing(&self) -> &Arc<AtomicBool>;

    /// What is told beside the pictures, with what [`Self::state`] said.
    fn facts(&self, state: Option<(u32, u32)>) -> PageFacts;
}

/// Whether pictures may be begun. From a yes on no others are, until these are answered; a no is answered here.
pub(super) fn may_begin(page: &impl Sitter, is_revealed: bool, request: &CaptureRequest) -> bool {
    if page.capturing().swap(true, Ordering::AcqRel) {
        refuse(page.mouth(), request.id, CaptureRefusal::Busy);
        return false;
    }
    match may_capture(page, is_revealed, request.what) {
        Ok(()) => true,
        Err(why) => {
            not_taken(page, request.id, why);
            false
        }
    }
}

/// Takes the pictures, and answers them or why there are none.
pub(super) async fn answer(page: &impl Sitter, request: CaptureRequest, revealed: &dyn Fn() -> bool) {
    match shoot(page, request.what, revealed).await {
        Ok((shots, state)) => hand_over(page.mouth(), page.capturing(), request, shots, page.facts(state)),
        Err(why) => not_taken(page, request.id, why),
    }
}

fn not_taken(page: &impl Sitter, id: u64, why: CaptureRefusal) {
    page.capturing().store(false, Ordering::Release);
    refuse(page.mouth(), id, why);
}

fn may_capture(page: &impl Sitter, is_revealed: bool, what: CaptureKind) -> Result<(), CaptureRefusal> {
    if !page.has_page() {
        return Err(CaptureRefusal::NoPage);
    }
    if !is_revealed {
        return Err(CaptureRefusal::Covered);
    }
    match what {
        CaptureKind::Viewport => Ok(()),
        CaptureKind::WholePage if page.coverage().borrow().is_complete_for(&page.layout().get()) => Ok(()),
        CaptureKind::WholePage => Err(CaptureRefusal::NotScrolledThrough),
    }
}

/// The pictures, and what the page says of itself. Every wait comes before the checks: what is told beside the pictures
/// is read after them without another wait, so that it is of the same page.
async fn shoot(
    page: &impl Sitter,
    what: CaptureKind,
    revealed: &dyn Fn() -> bool,
) -> Result<(Vec<Shot>, Option<(u32, u32)>), CaptureRefusal> {
    let generation = page.generation();
    let layout = stands(page).await?;
    if what == CaptureKind::WholePage && !page.coverage().borrow().is_complete_for(&layout) {
        return Err(CaptureRefusal::NotScrolledThrough);
    }
    let shots = match what {
        CaptureKind::Viewport => {
            let (pixels, taken_at) = page.paint(Region::Visible, &layout).await?;
            vec![Shot { pixels, taken_at, scroll_y: layout.scroll_y, cut_each: None }]
        }
        CaptureKind::WholePage if is_one_piece(page, &layout) => vec![whole(page, &layout).await?],
        CaptureKind::WholePage => view_by_view(page, &layout).await?,
    };
    let state = page.state().await;
    let after = stands(page).await?;
    let same_view = (after.scroll_x, after.scroll_y) == (layout.scroll_x, layout.scroll_y);
    let same_page = after.scroll_height == layout.scroll_height && after.width == layout.width;
    if !same_page || (what == CaptureKind::Viewport && !same_view) {
        return Err(CaptureRefusal::ChangedMeanwhile);
    }
    page.layout().set(layout);
    if generation != page.generation() || page.is_held() || !revealed() {
        return Err(CaptureRefusal::ChangedMeanwhile);
    }
    Ok((shots, state))
}

fn is_one_piece<P: Sitter>(_: &P, layout: &Layout) -> bool {
    device(layout.scroll_height, layout) <= P::TALLEST_SURFACE
}

/// One rendering of the whole page, to be cut into views.
async fn whole(page: &impl Sitter, layout: &Layout) -> Result<Shot, CaptureRefusal> {
    let each = u32::try_from(device(layout.height, layout)).unwrap_or(u32::MAX).max(1);
    if layout.scroll_height.div_ceil(layout.height.max(1)) > MOST_VIEWS {
        return Err(CaptureRefusal::TooTall);
    }
    let (pixels, taken_at) = page.paint(Region::Whole, layout).await?;
    // What was seen and what was painted must be the same page.
    if u64::from(pixels.height).abs_diff(device(layout.scroll_height, layout)) > 2 {
        return Err(CaptureRefusal::NotScrolledThrough);
    }
    Ok(Shot { pixels, taken_at, scroll_y: 0, cut_each: Some(each) })
}

/// A page taller than one surface: each view is scrolled to and taken by itself.
async fn view_by_view(page: &impl Sitter, layout: &Layout) -> Result<Vec<Shot>, CaptureRefusal> {
    let height = layout.height.max(1);
    let count = layout.scroll_height.div_ceil(height);
    if count > MOST_VIEWS {
        return Err(CaptureRefusal::TooTall);
    }
    let mut shots = Vec::new();
    for index in 0..count {
        let top = (index * height).min(layout.scroll_height.saturating_sub(height));
        page.scroll_to(top).await;
        let (pixels, taken_at) = page.paint(Region::Visible, layout).await?;
        let now_at = stands(page).await?;
        if now_at.scroll_y != top || now_at.scroll_height != layout.scroll_height {
            return Err(CaptureRefusal::ChangedMeanwhile);
        }
        shots.push(Shot { pixels, taken_at, scroll_y: top, cut_each: None });
    }
    Ok(shots)
}

async fn stands(page: &impl Sitter) -> Result<Layout, CaptureRefusal> {
    let silent = || CaptureRefusal::Engine(Text::new("the page does not answer"));
    page.stands().await.ok_or_else(silent)
}
