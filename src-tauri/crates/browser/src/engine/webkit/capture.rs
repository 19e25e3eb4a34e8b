//! Pictures of the page: of what stands in the window, or of all that was scrolled through.

use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use gtk::glib;
use webkit2gtk::{SnapshotOptions, SnapshotRegion, WebViewExt};

use super::load::Stage;
use super::page::{Page, within};
use super::picture::Pixels;
use super::views::{MOST_VIEWS, Shot, device, hand_over, refuse};
use super::webkit::WebKit;
use crate::clock::now;
use crate::protocol::bounded::{Address, Text};
use crate::protocol::facts::{CaptureRefusal, Fact, Layout, PageFacts};
use crate::protocol::{CaptureKind, CaptureRequest, Micros};

/// The engine's surfaces end here.
const TALLEST_SURFACE: u64 = 32_767;
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a view is given to be painted after a scroll.
const PAINT: Duration = Duration::from_millis(120);

impl WebKit {
    pub(super) fn take(&self, request: CaptureRequest) {
        if self.page.capturing.swap(true, Ordering::AcqRel) {
            refuse(&self.page.mouth, request.id, CaptureRefusal::Busy);
            return;
        }
        if let Err(why) = self.may_capture(request.what) {
            self.page.capturing.store(false, Ordering::Release);
            refuse(&self.page.mouth, request.id, why);
            return;
        }
        let page = Rc::clone(&self.page);
        let revealed = Rc::clone(&self.window);
        let still_revealed = move || !gtk::prelude::WidgetExt::is_visible(revealed.cover.widget());
        glib::MainContext::default().spawn_local(async move {
            // What is marked as found would stand in the picture.
            page.stop_finding();
            match shoot(&page, request.what, &still_revealed).await {
                Ok((shots, state)) => {
                    hand_over(&page.mouth, &page.capturing, request, shots, page_facts(&page, state));
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
            let (pixels, taken_at) = snapshot(page, SnapshotRegion::Visible).await?;
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
    // While a load is held the engine names its address in the place of the page's.
    if generation != page.generation.get() || page.held.borrow().is_some() || !revealed() {
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
    let (pixels, taken_at) = snapshot(page, SnapshotRegion::FullDocument).await?;
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
        page.evaluate(&format!("window.scrollTo({{left:0,top:{top},behavior:'instant'}});''"), |_| {});
        glib::timeout_future(PAINT).await;
        let (pixels, taken_at) = snapshot(page, SnapshotRegion::Visible).await?;
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

async fn snapshot(page: &Rc<Page>, region: SnapshotRegion) -> Result<(Pixels, Micros), CaptureRefusal> {
    let surface = within(PATIENCE, |then| {
        page.view.snapshot(region, SnapshotOptions::NONE, gio::Cancellable::NONE, then);
    });
    let surface = match surface.await {
        Some(Ok(surface)) => surface,
        Some(Err(error)) => return Err(CaptureRefusal::Engine(Text::new(error.message()))),
        None => {
            return Err(CaptureRefusal::Engine(Text::new("the page did not answer within 20 seconds")));
        }
    };
    let taken_at = now();
    let pixels = Pixels::from_surface(surface).map_err(|why| CaptureRefusal::Engine(Text::new(&why)))?;
    Ok((pixels, taken_at))
}

fn page_facts(page: &Page, state: Option<(u32, u32)>) -> PageFacts {
    let load = page.load.borrow();
    let address = page.address();
    let title = page.view.title().filter(|title| !title.is_empty());
    let encrypted = load.certificate.is_some();
    PageFacts {
        requested: Fact::from_option(load.requested.clone(), "the page was not opened by an address"),
        final_address: Address::observed(&address),
        redirects: load.redirects.clone(),
        title: Fact::from_option(title.map(|title| Text::new(&title)), "the page names no title"),
        response: Fact::from_option(load.response.clone(), "the engine told none for this page"),
        certificate: Fact::from_option(load.certificate.clone(), "the connection was not encrypted"),
        remote: Fact::from_option(
            page.gateway.reached(&address).map(|to| Text::new(&to.to_string())),
            "no connection was made for this page",
        ),
        protocol: Fact::NotTold(Text::new(if encrypted {
            "the engine does not tell the TLS version"
        } else {
            "the engine does not tell the HTTP version"
        })),
        user_agent: page.user_agent(),
        layout: page.layout.get(),
        coming: Fact::from_option(state.map(|(coming, _)| coming), "the page did not answer"),
        standing: Fact::from_option(state.map(|(_, standing)| standing), "the page did not answer"),
        grew: page.coverage.borrow().grew(),
        zoom: page.zoom(),
        loading: load.stage != Stage::Done || page.view.is_loading(),
        started_at: Fact::from_option(load.started_at, "the load began unseen"),
        finished_at: Fact::from_option(load.finished_at, "the page had not finished loading"),
    }
}
