//! Pictures of the page: of what stands in the window, or of all that was scrolled through.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::kit::WebView2;
use super::page::Page;
use super::wire::{self, SILENT};
use crate::clock::now;
use crate::engine::coverage::Coverage;
use crate::engine::layout::scroll_script;
use crate::engine::load::Stage;
use crate::engine::picture::Pixels;
use crate::engine::shoot::{PAINT, Region, Sitter, answer, may_begin};
use crate::engine::tasks::{beside, pause};
use crate::mouth::Mouth;
use crate::protocol::bounded::{Address, Text};
use crate::protocol::facts::{CaptureRefusal, Fact, Layout, PageFacts};
use crate::protocol::{CaptureRequest, Micros};

const PATIENCE: Duration = Duration::from_secs(20);

impl WebView2 {
    pub(super) fn take(&self, request: CaptureRequest) {
        if !may_begin(&*self.page, self.is_revealed(), &request) {
            return;
        }
        let (page, window) = (Rc::clone(&self.page), Rc::clone(&self.window));
        self.page.tasks.begin(async move {
            // What is marked as found would stand in the picture.
            page.stop_finding();
            answer(&*page, request, &|| window.is_open()).await;
        });
    }
}

impl Sitter for Page {
    /// Beyond this, parts of a page come out empty.
    const TALLEST_SURFACE: u64 = 16_384;

    fn has_page(&self) -> bool {
        self.load.borrow().has_page()
    }

    async fn stands(&self) -> Option<Layout> {
        Self::stands(self).await
    }

    async fn state(&self) -> Option<(u32, u32)> {
        Self::state(self).await
    }

    async fn paint(&self, region: Region, layout: &Layout) -> Result<(Pixels, Micros), CaptureRefusal> {
        snapshot(self, region, layout).await
    }

    async fn scroll_to(&self, top: u32) {
        self.evaluate(&scroll_script(top)).await;
        pause(PAINT).await;
    }

    fn coverage(&self) -> &RefCell<Coverage> {
        &self.coverage
    }

    fn layout(&self) -> &Cell<Layout> {
        &self.layout
    }

    fn generation(&self) -> u64 {
        self.generation.get()
    }

    /// A load that is held never takes the place of the page before.
    fn is_held(&self) -> bool {
        false
    }

    fn mouth(&self) -> &Mouth {
        &self.mouth
    }

    fn capturing(&self) -> &Arc<AtomicBool> {
        &self.capturing
    }

    fn facts(&self, state: Option<(u32, u32)>) -> PageFacts {
        page_facts(self, state)
    }
}

async fn snapshot(page: &Page, region: Region, layout: &Layout) -> Result<(Pixels, Micros), CaptureRefusal> {
    let asked = match region {
        Region::Visible => serde_json::json!({ "format": "png" }),
        Region::Whole => serde_json::json!({
            "format": "png",
            "captureBeyondViewport": true,
            "clip": { "x": 0, "y": 0, "width": layout.width, "height": layout.scroll_height, "scale": 1 },
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
        protocol: Fact::from_option(load.protocol.clone(), SILENT),
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
