//! Pictures of the page: of what stands in the window, or of all that was scrolled through.

use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::kit::WebView2;
use super::page::Page;
use super::tasks::{beside, pause};
use super::wire::{self, SILENT};
use crate::clock::now;
use crate::engine::load::Stage;
use crate::engine::picture::Pixels;
use crate::engine::views::{MOST_VIEWS, Shot, device, hand_over, refuse};
use crate::protocol::bounded::{Address, Text};
use crate::protocol::facts::{CaptureRefusal, Fact, Layout, PageFacts};
use crate::protocol::{CaptureKind, CaptureRequest, Micros};

/// Device pixels of height up to which the engine paints a page in one piece; beyond, parts of it come out empty.
const TALLEST_SURFACE: u64 = 16_384;
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a view is given to be painted after a scroll.
const PAINT: Duration = Duration::from_millis(120);

/// What is painted.
#[derive(Debug, Clone, Copy)]
enum Region {
    Visible,
    /// All of the page, so many CSS pixels wide and high.
    Whole(u32, u32),
}

impl WebView2 {
    pub(super) fn take(&self, request: CaptureRequest) {
        let page = Rc::clone(&self.page);
        if page.capturing.swap(true, Ordering::AcqRel) {
            refuse(&page.mouth, request.id, CaptureRefusal::Busy);
            return;
        }
        if let Err(why) = self.may_capture(request.what) {
            page.capturing.store(false, Ordering::Release);
            refuse(&page.mouth, request.id, why);
            return;
        }
        let window = Rc::clone(&self.window);
        self.page.tasks.begin(async move {
            // What is marked as found would stand in the picture.
            page.stop_finding();
            match shoot(&page, request.what, &|| window.is_open()).await {
                Ok((shots, state)) => {
                    let facts = page_facts(&page, state);
                    hand_over(&page.mouth, &page.capturing, request, shots, facts);
                }
                Err(why) => {
                    page.capturing.store(false, Ordering::Release);
                    refuse(&page.mouth, request.id, why);
                }
            }
        });
    }

    fn may_capture(&self, what: CaptureKind) -> Result<(), CaptureRefusal> {
        if !self.page.load.borrow().has_page() {
            return Err(CaptureRefusal::NoPage);
        }
        if !self.is_revealed() {
            return Err(CaptureRefusal::Covered);
        }
        let layout = self.page.layout.get();
        match what {
            CaptureKind::Viewport => Ok(()),
            CaptureKind::WholePage if self.page.coverage.borrow().is_complete_for(&layout) => Ok(()),
            CaptureKind::WholePage => Err(CaptureRefusal::NotScrolledThrough),
        }
    }
}

/// The pictures, and what the page says of itself. Every wait comes before the checks: what is told beside the pictures
/// is read after them without another wait, so that it is of the same page.
async fn shoot(
    page: &Rc<Page>,
    what: CaptureKind,
    revealed: &dyn Fn() -> bool,
) -> Result<(Vec<Shot>, Option<(u32, u32)>), CaptureRefusal> {
    let generation = page.generation.get();
    let layout = stands(page).await?;
    if what == CaptureKind::WholePage && !page.coverage.borrow().is_complete_for(&layout) {
        return Err(CaptureRefusal::NotScrolledThrough);
    }
    let shots = match what {
        CaptureKind::Viewport => {
            let (pixels, taken_at) = snapshot(page, Region::Visible).await?;
            vec![Shot { pixels, taken_at, scroll_y: layout.scroll_y, cut_each: None }]
        }
        CaptureKind::WholePage if device(layout.scroll_height, &layout) <= TALLEST_SURFACE => {
            vec![whole(page, &layout).await?]
        }
        CaptureKind::WholePage => view_by_view(page, &layout).await?,
    };
    let state = page.state().await;
    let after = stands(page).await?;
    let same_view = (after.scroll_x, after.scroll_y) == (layout.scroll_x, layout.scroll_y);
    let same_page = after.scroll_height == layout.scroll_height && after.width == layout.width;
    if !same_page || (what == CaptureKind::Viewport && !same_view) {
        return Err(CaptureRefusal::ChangedMeanwhile);
    }
    page.layout.set(layout);
    if generation != page.generation.get() || !revealed() {
        return Err(CaptureRefusal::ChangedMeanwhile);
    }
    Ok((shots, state))
}

/// One rendering of the whole page, to be cut into views.
async fn whole(page: &Rc<Page>, layout: &Layout) -> Result<Shot, CaptureRefusal> {
    let each = u32::try_from(device(layout.height, layout)).unwrap_or(u32::MAX).max(1);
    if layout.scroll_height.div_ceil(layout.height.max(1)) > MOST_VIEWS {
        return Err(CaptureRefusal::TooTall);
    }
    let (pixels, taken_at) = snapshot(page, Region::Whole(layout.width, layout.scroll_height)).await?;
    // What was seen and what was painted must be the same page.
    if u64::from(pixels.height).abs_diff(device(layout.scroll_height, layout)) > 2 {
        return Err(CaptureRefusal::NotScrolledThrough);
    }
    Ok(Shot { pixels, taken_at, scroll_y: 0, cut_each: Some(each) })
}

/// A page taller than one surface: each view is scrolled to and taken by itself.
async fn view_by_view(page: &Rc<Page>, layout: &Layout) -> Result<Vec<Shot>, CaptureRefusal> {
    let height = layout.height.max(1);
    let count = layout.scroll_height.div_ceil(height);
    if count > MOST_VIEWS {
        return Err(CaptureRefusal::TooTall);
    }
    let mut shots = Vec::new();
    for index in 0..count {
        let top = (index * height).min(layout.scroll_height.saturating_sub(height));
        page.evaluate(&format!("window.scrollTo({{left:0,top:{top},behavior:'instant'}});''")).await;
        pause(PAINT).await;
        let (pixels, taken_at) = snapshot(page, Region::Visible).await?;
        let now_at = stands(page).await?;
        if now_at.scroll_y != top || now_at.scroll_height != layout.scroll_height {
            return Err(CaptureRefusal::ChangedMeanwhile);
        }
        shots.push(Shot { pixels, taken_at, scroll_y: top, cut_each: None });
    }
    Ok(shots)
}

async fn stands(page: &Page) -> Result<Layout, CaptureRefusal> {
    let silent = || CaptureRefusal::Engine(Text::new("the page does not answer"));
    page.stands().await.ok_or_else(silent)
}

async fn snapshot(page: &Page, region: Region) -> Result<(Pixels, Micros), CaptureRefusal> {
    let asked = match region {
        Region::Visible => serde_json::json!({ "format": "png" }),
        Region::Whole(width, height) => serde_json::json!({
            "format": "png",
            "captureBeyondViewport": true,
            "clip": { "x": 0, "y": 0, "width": width, "height": height, "scale": 1 },
        }),
    };
    let fault = |why: String| CaptureRefusal::Engine(Text::new(&why));
    let answer = page.call("Page.captureScreenshot", &asked.to_string(), PATIENCE).await.map_err(fault)?;
    let taken_at = now();
    // Reading a large picture takes long, and HALT must not wait for it.
    let pixels = beside(move || wire::picture(&answer)).await;
    let pixels = pixels.unwrap_or_else(|| Err("no thread could be started".to_owned())).map_err(fault)?;
    Ok((pixels, taken_at))
}

fn page_facts(page: &Page, state: Option<(u32, u32)>) -> PageFacts {
    let load = page.load.borrow();
    let address = page.view.address();
    let network = page.network.borrow();
    let encrypted = address.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
    PageFacts {
        requested: Fact::from_option(load.requested.clone(), "the page was not opened by an address"),
        final_address: Address::observed(&address),
        redirects: load.redirects.clone(),
        title: Fact::from_option(page.view.title().map(|title| Text::new(&title)), "the page names no title"),
        response: Fact::from_option(load.response.clone(), "the engine told none for this page"),
        certificate: Fact::from_option(
            load.certificate.clone(),
            if encrypted { SILENT } else { "the connection was not encrypted" },
        ),
        remote: Fact::from_option(
            page.gateway.reached(&address).map(|to| Text::new(&to.to_string())),
            "no connection was made for this page",
        ),
        protocol: Fact::from_option(network.answer.as_ref().and_then(wire::Answer::protocol), SILENT),
        user_agent: page.user_agent(),
        layout: page.layout.get(),
        coming: Fact::from_option(state.map(|(coming, _)| coming), "the page did not answer"),
        standing: Fact::from_option(state.map(|(_, standing)| standing), "the page did not answer"),
        grew: page.coverage.borrow().grew(),
        zoom: page.zoom(),
        loading: load.stage != Stage::Done,
        started_at: Fact::from_option(load.started_at, "the load began unseen"),
        finished_at: Fact::from_option(load.finished_at, "the page had not finished loading"),
    }
}
